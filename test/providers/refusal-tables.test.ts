import { refusals as azureDevOps } from '../../src/providers/azure-devops/refusals';
import { refusals as codeCommit } from '../../src/providers/codecommit/refusals';
import { refusals as gitHub } from '../../src/providers/github/refusals';
import { refusals as gitLab } from '../../src/providers/gitlab/refusals';
import { explained, meaningOf, type Refusal, type Refused } from '../../src/providers/refusals';

const tables: Record<string, readonly Refusal[]> = { gitHub, gitLab, azureDevOps, codeCommit };
const rows = Object.entries(tables).flatMap(([service, table]) =>
  table.map((row) => ({ service, table, row, name: row.text.slice(0, 60) || `status ${String(row.status)}` })),
);

const said = (more: Partial<Refused>): Refused => ({
  status: 400,
  text: '',
  headers: new Headers(),
  reading: false,
  webUrl: 'https://git.acme.example',
  organization: 'acme',
  ...more,
});
/** Every answer that a row is for. */
const answersOf = ({ status = 400, type, at, header, text }: Refusal): Refused[] =>
  [status].flat().flatMap((one) =>
    [type ?? undefined].flat().map((name) =>
      said({
        ...{ status: one, text, headers: new Headers(header && { [header.name]: header.example }) },
        ...(name && { type: name }),
        ...(at && { at }),
      }),
    ),
  );

describe('Every row of a table of refusals', () => {
  it.each(rows)(
    '$service “$name” is reached by its own text, under each of its statuses and types',
    ({ table, row }) => {
      for (const answer of answersOf(row)) {
        const before = table.slice(0, table.indexOf(row));
        expect(explained(before, answer)).toBeUndefined();
        expect(explained([row], answer)).toEqual(expect.objectContaining({ code: expect.stringMatching(/^[A-Z_]+$/) }));
      }
    },
  );

  it.each(rows)('$service “$name” says where its text was seen', ({ row }) => {
    expect(row.source.length).toBeGreaterThan(2);
  });

  // The order in a text decides nothing. An expression that backtracks over a long text would hold up everybody.
  it.each(rows.filter(({ row }) => row.says !== undefined))(
    '$service “$name” does not go back and forth over a text',
    ({ row }) => {
      const source = row.says?.source ?? '';
      expect(source).not.toMatch(/\[[^\]]*\][*+]|[.)][*+]/);
    },
  );
});

describe('A refusal that no row explains', () => {
  const claims = ['PERMISSION_DENIED', 'BRANCH_PROTECTED', 'NOT_AN_API_ANSWER', 'SCOPE_MISSING'];
  const texts = ['Computer says no', '日本', '{"a":1}', `x${'('.repeat(5_000)}`, '\u202Eevil', 'Branch'];

  it.each(Object.entries(tables))('of %s claims no missing right, no protection and no page', (_, table) => {
    const statuses = Array.from({ length: 200 }, (_unused, n) => 400 + n).filter(
      (status) => ![401, 404].includes(status),
    );
    for (const status of statuses) {
      for (const text of texts) expect(claims).not.toContain(meaningOf(table, said({ status, text })).code);
    }
  });

  it.each(Object.entries(tables))('of %s is shown in its own words if it is a definite no', (_, table) => {
    const answer = said({ status: 422, text: 'Computer\nsays \u202Eno' });
    expect(meaningOf(table, answer)).toEqual({ code: 'REQUEST_REFUSED', status: 422, said: 'Computer says no' });
  });

  it.each([502, 503, 504])('with %i is the service’s own trouble', (status) => {
    expect(meaningOf(gitLab, said({ status }))).toEqual({ code: 'SERVICE_UNAVAILABLE', status });
    const headers = new Headers({ 'retry-after': '60' });
    expect(meaningOf(gitLab, said({ status, headers }))).toEqual({
      ...{ code: 'SERVICE_UNAVAILABLE', status },
      retryAt: expect.stringMatching(/Z$/),
    });
  });

  it('of something that was read speaks of nothing that could have been done', () => {
    expect(meaningOf(gitLab, said({ status: 500, reading: true }))).toMatchObject({ reading: true });
    expect(meaningOf(gitLab, said({ status: 500 }))).not.toHaveProperty('reading');
  });
});

describe('What a row takes out of a text', () => {
  const sso = (link: string) =>
    explained(gitLab, said({ status: 403, text: `Cannot find valid SSO session. Please login via ${link}.` }));

  it('is a link only where it leads to the service itself', () => {
    expect(sso('https://git.acme.example/groups/acme/-/saml/sso')).toEqual({
      ...{ code: 'SSO_REQUIRED', url: 'https://git.acme.example/groups/acme/-/saml/sso' },
    });
    for (const foreign of [
      'https://evil.example/',
      'http://git.acme.example/',
      'https://git.acme.example.evil.example/',
    ]) {
      expect(sso(foreign)).toEqual({ code: 'SSO_REQUIRED' });
    }
  });

  it('ends at a fixed distance from the beginning', () => {
    const text = `${' '.repeat(2_000)}Branch already exists`;
    expect(meaningOf(gitLab, said({ text }))).toEqual({ code: 'REQUEST_REFUSED', status: 400 });
  });
});
