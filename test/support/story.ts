/** Something that happens in a story, and what it is called. */
export type Step = (what: string, work: () => unknown) => void;

/** ms a step may take: far beyond what a busy machine needs. */
const STEP_MS = 300_000;

/**
 * A story is one test: what its steps do builds on the steps before, so their order is theirs at any order of tests, and after one that
 * fails the rest is not tried. The failure says which step it was.
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
