import { inspect } from 'node:util';
import { traces } from '../rig/index.ts';
import type { Result } from '../src/domain/result';
import type { ProviderError } from '../src/domain/errors';
import { report, type Figure } from './figures.ts';
import { openHostile, type Behaviour } from './hostile.ts';
import { subjects, type Subject } from './subjects.ts';

type Answer = Result<unknown, ProviderError>;

/** The acts of one subject while its service behaved badly. */
type Outcome = { answer: Answer | undefined; shown: string; writes: number; foreign: number };

const failures: readonly Behaviour[] = ['500', '502-html', 'reset'];
const pages: readonly Behaviour[] = ['200-html', '203-html', '502-html'];

async function suffer(subject: Subject, act: Subject['acts'][number], behaviour: Behaviour): Promise<Outcome> {
  const hostile = openHostile(subject, behaviour);
  try {
    const thrownOr = await act.run(subject.connection()).then(
      (answer: Answer) => ({ answer, thrown: undefined }),
      (thrown: unknown) => ({ answer: undefined, thrown }),
    );
    return {
      answer: thrownOr.answer,
      shown: inspect(thrownOr, { depth: 20, showHidden: true }),
      writes: hostile.writes(),
      foreign: hostile.foreign(),
    };
  } finally {
    hostile.close();
  }
}

async function count(
  subject: Subject,
  behaviours: readonly Behaviour[],
  isTrapped: (outcome: Outcome) => boolean,
): Promise<number> {
  let trapped = 0;
  for (const act of subject.acts) {
    for (const behaviour of behaviours) if (isTrapped(await suffer(subject, act, behaviour))) trapped++;
  }
  return trapped;
}

async function figuresOf(subject: Subject): Promise<Figure[]> {
  const secrets = subject.secrets.flatMap(traces);
  const figure = (name: string, value: number): Figure => ({
    name: `traps/${subject.name}/${name}`,
    value,
    unit: 'times',
  });
  const figures = [
    figure('secret-to-another-origin', await count(subject, ['redirect'], ({ foreign }) => foreign > 0)),
    figure('write-sent-again', await count(subject, failures, ({ writes }) => writes > 1)),
    figure('html-taken-for-success', await count(subject, pages, ({ answer }) => answer?.ok === true)),
    figure(
      'secret-in-an-error',
      await count(subject, ['redirect', ...failures, ...pages, '401'], ({ shown }) =>
        secrets.some((secret) => shown.includes(secret)),
      ),
    ),
    figure(
      'exception-instead-of-an-error',
      await count(subject, ['redirect', ...failures, ...pages, '401'], ({ answer }) => answer === undefined),
    ),
    figure(
      'lost-answer-not-read-back',
      await count(
        { ...subject, acts: subject.acts.filter((act) => act.readBack) },
        ['lost-answer'],
        ({ answer, writes }) => answer?.ok !== true || writes !== 1,
      ),
    ),
  ];
  return subject.refusedInside200 === undefined
    ? figures
    : [
        ...figures,
        figure(
          'refusal-taken-for-success',
          await count(
            { ...subject, acts: subject.acts.filter(({ name }) => /^(create|delete)-branch$/.test(name)) },
            ['refused-inside-200'],
            ({ answer }) => answer?.ok === true,
          ),
        ),
      ];
}

const figures: Figure[] = [];
for (const subject of subjects) figures.push(...(await figuresOf(subject)));
report(figures, process.argv.slice(2));
