import { inspect } from 'node:util';
import type { Credential } from '../../../src/domain/credential';
import { leaks } from '../../../rig/canary';
import { failure, operations, requestOf, valueOf, writes, type Place, type Subject } from './place';
import { sentence } from './sentences';

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string;
const page = { html: true };

function secretsOf(credential: Credential): string[] {
  switch (credential.kind) {
    case 'token':
      return [credential.token.reveal()];
    case 'access-key':
      return [credential.secret.reveal()];
    case 'password':
      return [credential.password.reveal()];
  }
}

/** Faults of requests and answers on their way, independent of their content. */
export function carriage(subject: Subject, place: Place): void {
  const signIn = (status: number) => (status === 203 ? subject.signIn : 'NOT_AN_API_ANSWER');

  describe(sentence(1), () => {
    const nonsense: [string, object | string | number | null | undefined][] = [
      ['null', null],
      ['a list', [7]],
      ['a text', '"text"'],
      ['a number', 7],
      ['nothing', undefined],
    ];
    it.each(nonsense)('%s', async (_, body) => {
      const json = { 'content-type': 'application/json' };
      await place.failAll({ status: 200, ...(body === undefined ? {} : { body, headers: json }) });
      // A service that answers a deletion with an empty body, or any body, has deleted it.
      for (const operation of operations.filter((one) => one !== 'deleteBranch')) {
        expect([operation, await place.act(operation)]).toEqual([operation, failure('NOT_AN_API_ANSWER')]);
      }
      expect(typeof (await place.act('deleteBranch')).ok).toBe('boolean');
    });
  });

  describe(sentence(2), () => {
    it.each(operations)('%s', async (operation) => {
      expect(await place.act(operation, place.connection(undefined, -1))).toEqual(failure('TIMEOUT'));
      expect(place.requests()).toEqual([]);
    });
  });

  describe(sentence(3), () => {
    it.each(['createBranch', 'listBranches'] as const)('%s', async (operation) => {
      await place.fail(operation, { hang: true });
      expect(await place.act(operation, place.connection(undefined, 250))).toEqual(failure('TIMEOUT'));
    });
  });

  describe(sentence(4), () => {
    it.each(operations)('%s', async (operation) => {
      await place.fail(operation, { reset: true });
      expect(await place.act(operation)).toEqual(failure('UNREACHABLE'));
    });
  });

  describe(sentence(5), () => {
    const failures = [{ status: 500, body: { message: 'Server Error' } }, { status: 500 }, { ...page, status: 502 }];
    it.each(operations.flatMap((operation) => failures.map((fault) => ({ operation, fault }))))(
      '$operation: $fault',
      async ({ operation, fault }) => {
        await place.fail(operation, fault);
        const { status } = fault;
        const reading = writes.some((write) => write === operation) ? undefined : true;
        const answer = (await place.act(operation)) as { ok: boolean; error: { said?: string } };
        const { said, ...error } = answer.error;
        const code = status === 502 ? 'SERVICE_UNAVAILABLE' : 'UNEXPECTED_ANSWER';
        expect(error).toEqual({ code, status, reading });
        // The service's own words are passed on, if there are any.
        expect(['Server Error', 'Unicorn! | This page is taking too long to load.', undefined]).toContain(said);
      },
    );
  });

  describe(sentence(6), () => {
    it.each(operations.flatMap((operation) => [200, 203, 403].map((status) => ({ operation, status }))))(
      '$operation: $status',
      async ({ operation, status }) => {
        await place.fail(operation, { ...page, status });
        expect(await place.act(operation)).toMatchObject(failure(signIn(status)));
      },
    );
  });

  describe(sentence(7), () => {
    it.each(operations.flatMap((operation) => [301, 302, 307].map((status) => ({ operation, status }))))(
      '$operation: $status',
      async ({ operation, status }) => {
        await place.fail(operation, { status, headers: { location: 'https://evil.example/collect' } });
        expect(await place.act(operation)).toEqual(failure('NOT_AN_API_ANSWER'));
      },
    );
  });

  describe(sentence(8), () => {
    it.each(operations)('%s', async (operation) => {
      await place.fail(operation, { rateLimit: 'secondary', retryAfter: 90 });
      expect(await place.act(operation)).toEqual(failure('RATE_LIMITED', { retryAt: instant }));
    });
  });

  describe(sentence(9), () => {
    it.each(['checkToken', 'listRepositories', 'listBranches'] as const)('%s', async (operation) => {
      await place.fail(operation, { status: 503, times: 1 });
      expect(await place.act(operation)).toMatchObject({ ok: true });
    });
  });

  describe(sentence(10), () => {
    const faults = [{ status: 500 }, { ...page, status: 502 }, { ...page }, { reset: true }, { status: 503 }];
    it.each(writes.flatMap((write) => faults.map((fault) => ({ write, fault }))))(
      '$write: $fault',
      async ({ write, fault }) => {
        await place.fail(write, fault);
        expect(await place.act(write)).toMatchObject({ ok: false });
        expect(place.written()).toBe(1);
      },
    );
  });
}

export function everyOperation(subject: Subject, place: Place): void {
  const { provider, repository } = subject;

  describe(sentence(11), () => {
    describe.each(subject.refused)('%s', (_, credential, code) => {
      it.each(operations)('%s', async (operation) => {
        expect(await place.act(operation, place.connection(credential))).toMatchObject(failure(code));
      });
    });
  });

  describe(sentence(12), () => {
    describe.each(subject.narrow)('%s', (_, credential, reason) => {
      it.each(writes)('%s', async (write) => {
        const before = await place.git(repository, ['for-each-ref']);
        expect(await place.act(write, place.connection(credential))).toEqual({ ok: false, error: reason[write] });
        expect(await place.git(repository, ['for-each-ref'])).toBe(before);
      });
    });
  });

  describe(sentence(13), () => {
    it.each(subject.missing)('%s', async (missing) => {
      const at = place.connection();
      const answers = [
        await provider.listBranches(at, { repository: missing, search: '' }),
        await provider.createBranch(at, { repository: missing, name: 'x', source: 'main' }),
        await provider.deleteBranch(at, { repository: missing, name: 'x' }),
        await provider.createPullRequest(at, requestOf(missing, 'develop')),
      ];
      expect(answers).toEqual(answers.map(() => failure('REPOSITORY_NOT_FOUND')));
    });
  });

  describe(sentence(14), () => {
    const { repository: closed, error } = subject.closed;
    it.each([
      [
        'createBranch',
        () => provider.createBranch(place.connection(), { repository: closed, name: 'x', source: 'main' }),
      ],
      ['deleteBranch', () => provider.deleteBranch(place.connection(), { repository: closed, name: 'main' })],
      ['createPullRequest', () => provider.createPullRequest(place.connection(), requestOf(closed, 'develop'))],
    ])('%s', async (_, act) => {
      expect(await act()).toEqual({ ok: false, error });
    });
  });

  it(sentence(15), async () => {
    const origins = subject.hosts.map((host) => `https://${host}`);
    for (const operation of operations) await place.act(operation);
    await provider.detect(place.connection());
    await provider.findOwners(place.connection());
    await provider.findWork(place.connection(), {
      issueKey: 'X-1',
      owners: subject.owners,
      repositories: [repository],
    });
    expect(place.requests().length).toBeGreaterThan(operations.length);
    expect(place.requests().filter(({ url }) => !origins.includes(new URL(url).origin))).toEqual([]);
  });

  it(sentence(16), async () => {
    const { credential } = subject.writer;
    const secrets = secretsOf(credential);
    const seen: unknown[] = [];
    for (const fault of [
      { status: 401, body: { message: secrets[0] } },
      { status: 403, body: { message: secrets[0] } },
      { status: 409, body: { message: secrets[0], __type: secrets[0] } },
      { status: 500, body: { message: secrets[0] } },
      { status: 502, html: true },
      { reset: true },
    ]) {
      await place.failAll({ ...fault, times: 1 });
      for (const operation of operations) seen.push(await place.act(operation));
    }
    seen.push(place.connection(), JSON.stringify(place.connection()), place.requests());
    expect(leaks(inspect(seen, { depth: 20, showHidden: true }), secrets)).toEqual([]);
  });

  it(sentence(17), async () => {
    const people = [subject.writer, subject.maintainer, subject.writer, subject.maintainer];
    const answers = await Promise.all(
      people.map(({ credential }) => provider.checkToken(place.connection(credential))),
    );
    expect(answers.map((answer) => valueOf(answer).login)).toEqual(people.map(({ login }) => login));
    expect(subject.writer.login).not.toBe(subject.maintainer.login);
  });
}
