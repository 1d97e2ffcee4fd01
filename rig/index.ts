/**
 * The rig: everything that tests and benches share. A *stage* is the app with its sites and services; a *truth* is a service's own git and
 * log; a *walk* leads a browser through *states* of the pages; a *trial* does the same acts again and again and looks for what goes wrong.
 * Benches and tools import this file alone. Tests name the parts, since each test file loads its modules again.
 */
export { launchBrowser } from './browser.ts';
export { traces } from './canary.ts';
export { firstRefusedByGit } from './git-names.ts';
export { randomFrom } from './random.ts';
export { crowdOf, openStage, type Developer, type Stage } from './stage.ts';
export { serviceNames } from './staged-services.ts';
export { prepare, type Made } from './states/prepared.ts';
export { walks } from './states/states.ts';
export { paint, walkThrough, type Walk } from './states/walk.ts';
export { statesWorld } from './states/world.ts';
export { summaries } from './summaries.ts';
export { actsOfAdmins, actsOfPeople } from './trials/acts.ts';
export { contradictions, tracesBesideActivity } from './trials/consistency.ts';
export { spoilEverything, type Case, type Plan } from './trials/faults.ts';
export { freshIntegration, fuzz, fuzzedCalls, type Fuzzed } from './trials/fuzz.ts';
export { interleave, openTrial, pairs } from './trials/interleavings.ts';
export { modulesWithCalls, roleNames, tryEverything } from './trials/permissions.ts';
export { soak } from './trials/soak.ts';
export { spoilPairs } from './trials/two-faults.ts';
export { useCases } from './trials/use-cases.ts';
