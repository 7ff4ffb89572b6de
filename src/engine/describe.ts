// What the engine runs on and why it is not more, as plain data: for a log, a bug report, `padwise doctor`.

import { madeHost } from './host.ts';
import { type MachineFacts, machine, sharingObstacle } from './machine.ts';
import type { MemoryStatistics } from './memory.ts';
import { type Settings, settings } from './settings.ts';
import type { ThreadsDescription } from './threads.ts';
import { type WideState, wideState } from './wide.ts';

/** The engine as it is now. */
export interface Description {
  /** What was found out about the machine. */
  readonly machine: MachineFacts;
  readonly settings: Settings;
  /** Workers are started by the first run that is worth it. */
  readonly threads: ThreadsDescription;
  readonly wide: WideState;
  /** null before the engine has needed memory. */
  readonly memory: MemoryStatistics | null;
}

/** What the engine does and does not on this machine, each obstacle with its reason. Starts nothing. */
export function describe(): Description {
  const made = madeHost();
  const now = settings();
  const wanted = Math.max(1, Math.floor(now.threads));
  return {
    machine: machine(),
    settings: now,
    threads: made?.threads.describe() ?? {
      wanted,
      workers: 0,
      ready: 0,
      lost: 0,
      helped: 0,
      obstacle: wanted > 1 ? sharingObstacle() : null,
    },
    wide: wideState(),
    memory: made?.memory.statistics() ?? null,
  };
}
