/**
 * The parts of `@forge/bridge` that pages use. Its root is CommonJS, so nothing of it can be left out by itself, and it brings
 * translations, feature flags and an object store (13 KiB of every page). The paths are not among its public ones:
 * its version is pinned, and a test compares what is here with what its root exports (`test/pages/forge-bridge.test.ts`).
 */
export { events } from '../../node_modules/@forge/bridge/out/events/events.js';
export { requestJira } from '../../node_modules/@forge/bridge/out/fetch/index.js';
export { showFlag } from '../../node_modules/@forge/bridge/out/flag/flag.js';
export { invoke } from '../../node_modules/@forge/bridge/out/invoke/invoke.js';
export { Modal } from '../../node_modules/@forge/bridge/out/modal/modal.js';
export { permissions } from '../../node_modules/@forge/bridge/out/permissions/permissions.js';
export { Jira } from '../../node_modules/@forge/bridge/out/realtime/productContext.js';
export { realtime } from '../../node_modules/@forge/bridge/out/realtime/realtime.js';
export { router } from '../../node_modules/@forge/bridge/out/router/router.js';
export { view } from '../../node_modules/@forge/bridge/out/view/view.js';
