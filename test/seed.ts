// Property tests draw from one seed, so that a run can be repeated: PADWISE_SEED=7 npm test draws other cases.

import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.PADWISE_SEED ?? 1) });
