const TICK_MS = 100;

/** A clock that moves only when the bench moves it. */
export function handDriven() {
  let time = Date.now();
  return { now: () => new Date(time), reach: (to: number) => (time = Math.max(time, to)), ms: () => time };
}

export type Clock = ReturnType<typeof handDriven>;

/** Once all calls have begun, the clock goes on like the machine's, so that a wait of a second takes a second. */
export async function timeGoesOn(clock: Clock, working: Promise<unknown>, isBegun: () => boolean): Promise<void> {
  const tick = setInterval(() => isBegun() && clock.reach(clock.ms() + TICK_MS), TICK_MS);
  try {
    await working;
  } finally {
    clearInterval(tick);
  }
}
