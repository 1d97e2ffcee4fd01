// cspell:ignore Fakeable
/** For `doNotFake`: only the date is turned; what waits for a moment waits for a real one. */
export const onlyTheDate: FakeableAPI[] = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
];
