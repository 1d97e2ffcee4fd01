import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeCommitActions, codeCommitPolicy } from '../../src/providers/codecommit/policy';
import { offerings } from '../../src/domain/offerings';
import { freeName } from '../../static/manage-repositories/free-name';
import { namedService } from '../../static/manage-repositories/services';

const root = join(__dirname, '../..');

describe('The name a new integration starts with', () => {
  const nameOf = (key: string, typed: string, owners: string[] | 'all', taken: string[] = []) => {
    const offering = offerings.find((one) => one.key === key);
    if (!offering) throw new Error(`No tile ${key}`);
    const service = namedService(offering, typed, '');
    const integrations = taken.map((name) => ({ name })) as never;
    return freeName({ integrations }, { owners, edition: service.edition }, service, offering);
  };

  it.each([
    ['github', '', ['acme'], 'acme-github'],
    ['github', '', ['acme', 'globex'], 'GitHub'],
    ['github-enterprise', 'https://git.acme.example', ['platform'], 'git.acme.example'],
    ['github-enterprise', 'https://acme.ghe.com/acme/web', ['platform'], 'acme-github'],
    ['gitlab', '', ['acme/platform'], 'acme-platform-gitlab'],
    ['azure-devops', 'https://dev.azure.com/acme/Back%20Office/_git/Invoices', ['Back Office'], 'acme-azure-devops'],
    ['azure-devops-server', 'https://tfs.acme.example/tfs/Main', ['Shop'], 'tfs.acme.example/tfs/Main'],
    ['codecommit', 'eu-central-1', 'all', 'eu-central-1-codecommit'],
  ] as const)('at %s %s is %s', (key, typed, owners, name) => {
    expect(nameOf(key, typed, typeof owners === 'string' ? owners : [...owners])).toBe(name);
  });

  it('is one that nobody has', () => {
    expect(nameOf('github', '', ['acme'], ['ACME-github', 'acme-github 2'])).toBe('acme-github 3');
  });
});

describe('The policy for an access key', () => {
  it('allows what the adapter requests, and nothing else', () => {
    const folder = join(root, 'src/providers/codecommit');
    const code = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    const requested = code.flatMap((text) => [...text.matchAll(/new (\w+)Command\(/g)].map((found) => found[1]));
    const used = [...new Set(requested)].filter((action) => action !== 'GetCallerIdentity');
    expect(used.sort()).toEqual([...codeCommitActions].sort());
    for (const action of codeCommitActions) expect(codeCommitPolicy()).toContain(`"codecommit:${action}"`);
  });

  it('is the one of the guide', () => {
    expect(readFileSync(join(root, 'docs/guides/tokens.md'), 'utf8')).toContain(codeCommitPolicy());
  });
});
