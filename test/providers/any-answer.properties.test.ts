import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Service } from '../../sandbox/services/service';
import type { ProviderError } from '../../src/domain/errors';
import type { Result } from '../../src/domain/result';
import { serviceAt } from '../../src/domain/service';
import { refusals as azureDevOps } from '../../src/providers/azure-devops/refusals';
import { refusals as codeCommit } from '../../src/providers/codecommit/refusals';
import { refusals as gitHub } from '../../src/providers/github/refusals';
import { refusals as gitLab } from '../../src/providers/gitlab/refusals';
import type { Connection } from '../../src/providers/provider';
import { explained, type Refusal } from '../../src/providers/refusals';
import { serviceError } from '../../src/use-cases/page-error';
import { errorText } from '../../static/shared/error-text';
import { anyText } from '../../rig/any-text';
import { languages } from '../support/languages';
import { byDay, whole } from '../support/whole';
import { azureDevOpsSubjects } from './contract/subjects/azure-devops';
import { codecommitSubjects } from './contract/subjects/codecommit';
import { githubSubjects } from './contract/subjects/github';
import { gitlabSubjects } from './contract/subjects/gitlab';
import type { Subject } from './contract/place';

/** By day a few answers at every step of every call; each night more, and at every edition; 150 there use up the memory of one process. */
const RUNS = whole ? 18 : 6;

/** By day one edition of each service; each night all of them. */
const services = [
  [githubSubjects, gitHub] as const,
  [gitlabSubjects, gitLab] as const,
  [azureDevOpsSubjects, azureDevOps] as const,
  [codecommitSubjects, codeCommit] as const,
].flatMap(([subjects, table]) => byDay(subjects, 1).map((subject) => [subject, table] as const));
const situations = ['own-token', 'new-token', 'server-token', 'password', 'integration-account'] as const;

/** `retryAfter`: seconds, as the header says them. */
type Answered = { status: number; body: string; type: string; retryAfter: string | undefined };

const texts = fc.oneof(
  anyText,
  fc.constantFrom('', ' ', '.', '{}', '{service}', '\u202Eon', '<b>no</b>', 'undefined', '{missing}: .'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((text) => text.repeat(5_000)),
);
const shapes = fc.oneof(
  fc.json({ maxDepth: 3 }),
  texts.map((message) => JSON.stringify({ message })),
  texts.map((message) =>
    JSON.stringify({ message, errors: [{ message, field: message, code: 'custom' }, message, null] }),
  ),
  texts.map((message) =>
    JSON.stringify({ error: message, error_description: [message], message: { base: [message] } }),
  ),
  texts.map((message) => JSON.stringify({ $id: '1', message, typeKey: message, typeName: message, errorCode: 0 })),
  texts.map((message) => JSON.stringify({ __type: message, Message: message })),
  texts.map((message) => JSON.stringify({ data: null, errors: [{ type: message, message, path: [message] }] })),
  texts.map((text) => `<!doctype html><title>${text}</title><h1>${text}</h1>`),
  texts.map((text) => `<?xml version="1.0"?><ErrorResponse><Error><Code>${text}</Code></Error></ErrorResponse>`),
  texts,
);
const answers: fc.Arbitrary<Answered> = fc.record({
  status: fc.oneof(fc.constantFrom(400, 403, 405, 409, 422, 423, 500, 502, 503), fc.integer({ min: 400, max: 599 })),
  body: shapes,
  type: fc.constantFrom('application/json', 'text/html', 'text/plain', 'application/x-amz-json-1.1', 'text/xml'),
  // A read that fails for a moment is repeated, after a pause if no header gives one.
  retryAfter: fc.constantFrom('0', '0', '0', undefined),
});

/** No row explains the text, so any specific claim would be without a reason. */
function isNonsense(table: readonly Refusal[], { body }: Answered): boolean {
  const words = [body, ...(body.match(/"(?:[^"\\]|\\.)*"/g) ?? []).map((text) => text.slice(1, -1))];
  const types = table.flatMap(({ type }) => [type ?? []].flat());
  return (
    !table.some(({ says }) => says !== undefined && words.some((text) => says.test(text))) &&
    !words.some((text) => types.includes(text))
  );
}

/** A text that no API sends. */
function isPage({ body }: Answered): boolean {
  return !/^\s*(?:[[{"]|$)/.test(body);
}

/** A table's code for a status with any text, or without one. */
function codesOf(table: readonly Refusal[], status: number): string[] {
  return table
    .filter(({ says, type, header }) => (says?.test('') ?? true) && type === undefined && header === undefined)
    .filter((row) => row.status === undefined || [row.status].flat().includes(status))
    .flatMap((row) => explained([row], { status, text: '', headers: new Headers(), reading: false })?.code ?? []);
}

type Act = { name: string; reads: boolean; run(at: Connection): Promise<Result<unknown, ProviderError> | undefined> };

function actsOf({ provider, repository, owners }: Subject): Act[] {
  const name = 'DEMO-1-any';
  const request = { repository, source: 'develop', target: 'main', title: 'DEMO-1', description: '', draft: false };
  const read = (called: string, run: Act['run']): Act => ({ name: called, reads: true, run });
  return [
    read('detect', (at) => provider.detect(at)),
    read('checkToken', (at) => provider.checkToken(at)),
    read('findOwners', (at) => provider.findOwners(at)),
    read('listRepositories', (at) => provider.listRepositories(at, { owners, search: 'w' })),
    read('listBranches', (at) => provider.listBranches(at, { repository, search: 'x' })),
    read('readHead', (at) => provider.readHead(at, { repository, name: 'main' })),
    read('readHeadCommit', async (at) => provider.readHeadCommit?.(at, { repository, name: 'main' })),
    read('readRequestForm', async (at) => provider.readRequestForm?.(at, { repository, target: 'main' })),
    read('readPullRequest', async (at) => provider.readPullRequest?.(at, { repository, number: 1 })),
    read('findWork', (at) => provider.findWork(at, { issueKey: 'DEMO-1', owners, repositories: [repository] })),
    read('searchWork', async (at) =>
      provider.searchWork?.(at, { search: 'login', owners, repositories: [repository] }),
    ),
    ...(provider.findReviewers
      ? [
          read(
            'findReviewers',
            (at) => provider.findReviewers?.(at, { repository, search: '' }) ?? Promise.resolve(undefined),
          ),
        ]
      : []),
    {
      name: 'createBranch',
      reads: false,
      run: (at) => provider.createBranch(at, { repository, name, source: 'develop' }),
    },
    { name: 'deleteBranch', reads: false, run: (at) => provider.deleteBranch(at, { repository, name: 'DEMO-1-gone' }) },
    { name: 'createPullRequest', reads: false, run: (at) => provider.createPullRequest(at, request) },
  ];
}

/** Runs an act at a service that answers well up to a step, and then always with one answer. */
async function suffer(
  service: Service,
  { connection, act, step, answer }: { connection: Connection; act: Act; step: number; answer: Answered },
) {
  const original = globalThis.fetch;
  let asked = 0;
  globalThis.fetch = async (input, init) => {
    if (asked++ < step) return service.handle(new Request(input, init));
    return new Response(answer.body.toWellFormed(), {
      status: answer.status,
      headers: {
        'content-type': answer.type,
        ...(answer.retryAfter !== undefined && { 'retry-after': answer.retryAfter }),
      },
    });
  };
  try {
    return await act.run(connection);
  } finally {
    globalThis.fetch = original;
  }
}

/** A sentence without the inserted values, because those can look like anything. */
const bare = (sentence: string, values: readonly unknown[]) =>
  values
    .map(String)
    .filter((value) => value !== '')
    .sort((one, other) => other.length - one.length)
    .reduce((left, value) => left.replaceAll(value, 'X'), sentence);

function holesIn(error: ProviderError, connection: Connection): string[] {
  const page = serviceError(error, connection.service);
  return languages.flatMap(({ text: language }) =>
    situations.flatMap((situation) => {
      const { title, why, next, params, said } = errorText(page, language, { situation });
      const told = [title, why, next].map((sentence) => bare(sentence, Object.values(params)));
      const isBroken = (sentence: string) =>
        sentence.trim().length < 6 || /[{}]|undefined|\[object|: ?\.|: ?,|\(\)|“”|„“| {2}|\s$/.test(sentence);
      return [
        ...told.filter(isBroken),
        ...(said === undefined || (said.length < 700 && !/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(said))
          ? []
          : [said]),
      ];
    }),
  );
}

const CLAIMS = ['PERMISSION_DENIED', 'SCOPE_MISSING', 'BRANCH_PROTECTED', 'NOT_AN_API_ANSWER'];
const DONE = /whether (?:anything|it) was|was (?:done|created|deleted|opened|saved)|cannot tell/i;

describe.each(services.map(([subject, table]) => [subject.name, subject, table] as const))(
  '%s',
  (_, subject, table) => {
    let directory: string;
    let service: Service;
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'undersigned-answers-'));
      service = await subject.open(directory);
    });
    afterAll(async () => {
      await service.close();
      await rm(directory, { recursive: true, force: true });
    });
    const connection = (): Connection => ({
      service: serviceAt(subject.edition, subject.address, subject.version),
      credential: subject.writer.credential,
      deadline: Date.now() + 5_000,
    });

    it.each(
      actsOf(subject).flatMap((act) =>
        (whole ? [0, 1, 2, 3, 4] : [0, 1, 2]).map((step) => [act.name, step, act] as const),
      ),
    )('%s explains any refusal after %i good answers', async (__, step, act) => {
      await fc.assert(
        fc.asyncProperty(answers, async (answer) => {
          const at = connection();
          const outcome = await suffer(service, { connection: at, act, step, answer });
          if (outcome === undefined || outcome.ok) return;
          const { error } = outcome;
          expect(holesIn(error, at)).toEqual([]);
          if (act.reads) {
            const text = errorText(serviceError(error, at.service), languages[0]!.text);
            expect([error.code, DONE.test(`${text.title} ${text.why} ${text.next}`)]).toEqual([error.code, false]);
          }
          if (isNonsense(table, answer) && answer.status !== 404 && !codesOf(table, answer.status).includes(error.code))
            expect(isPage(answer) ? CLAIMS.filter((code) => code !== 'NOT_AN_API_ANSWER') : CLAIMS).not.toContain(
              error.code,
            );
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    });
  },
);

describe('Every error of a table, whatever of it is missing', () => {
  const sample = (row: Refusal): ProviderError => {
    if (typeof row.means !== 'function') return row.means;
    const match = (row.says ?? /^/).exec(row.text);
    if (match === null) throw new Error(row.text);
    const status = [row.status ?? 400].flat()[0] ?? 400;
    const headers = new Headers(row.header && { [row.header.name]: row.header.example });
    return row.means(match, { status, text: row.text, headers, reading: false, said: {}, link: {} });
  };
  const rows = services.flatMap(([subject, table]) => table.map((row) => [subject, sample(row)] as const));

  it('is whole in every language', () => {
    for (const [subject, error] of rows) {
      const at = { service: serviceAt(subject.edition, subject.address, subject.version) } as Connection;
      const { code, said: _, ...details } = error;
      const names = Object.keys(details);
      for (let chosen = 0; chosen < 2 ** names.length; chosen++) {
        const some = Object.fromEntries(Object.entries(details).filter((_, bit) => (chosen >> bit) % 2 === 1));
        for (const emptied of [
          some,
          Object.fromEntries(Object.entries(some).map(([name, value]) => [name, Array.isArray(value) ? [] : value])),
        ])
          expect([code, holesIn({ code, ...emptied } as ProviderError, at)]).toEqual([code, []]);
      }
    }
  });
});
