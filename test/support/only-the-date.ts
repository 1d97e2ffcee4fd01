// cspell:ignore Fakeable
/** For `doNotFake`: only the date is faked; timers are real. */
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
