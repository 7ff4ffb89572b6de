// The service worker: keeps the page's files, so that it opens without a network after the first visit. The build puts in
// their names and a version made of their content (vite.config.ts). A new version waits until the pages of the old one are
// closed, for they may still ask for parts of it.

const KEPT = 'padwise-VERSION';
const files = ['./', 'FILES'];

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(files)));
});

self.addEventListener('activate', (event) => {
  const old = (name) => name.startsWith('padwise-') && name !== KEPT;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  const kept = () => caches.match(request, { ignoreSearch: true, ignoreVary: true });
  const fetched = () => fetch(request);
  event.respondWith(
    request.mode === 'navigate'
      ? fetched().catch(() => caches.match('./', { ignoreVary: true }))
      : kept().then((found) => found ?? fetched()),
  );
});
