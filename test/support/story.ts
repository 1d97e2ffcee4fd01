/** A step of a story, and its name. */
export type Step = (what: string, work: () => unknown) => void;

/** ms that a step may take: far longer than a busy machine needs. */
const STEP_MS = 300_000;

/**
 * A story is one test. Each step builds on the steps before, so their order is fixed in any order of tests, and after a step that
 * fails the rest does not run. The failure names the step.
 */
export function story(name: string, tell: (step: Step) => void): void {
  const steps: [what: string, work: () => unknown][] = [];
  tell((what, work) => void steps.push([what, work]));
  it(
    name,
    async () => {
      for (const [what, work] of steps) {
        try {
          await work();
        } catch (error) {
          if (error instanceof Error) error.stack = `In the step “${what}”: ${error.stack ?? error.message}`;
          throw error;
        }
      }
    },
    steps.length * STEP_MS,
  );
}
