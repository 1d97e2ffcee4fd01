// cspell:ignore nghp akiaone
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCredential, readOptions, UsageError } from '../../tools/verify/options';

describe('The command line of npm run verify', () => {
  it.each([
    [[]],
    [['--service', 'bitbucket']],
    [['--service', 'github']],
    [['--service', 'github', '--token-file', 'x']],
    [['--service', 'github', '--token-file', 'x', '--repository', 'acme']],
    [['--service', 'github', '--token-file', 'x', '--repository', 'acme/..']],
    [['--service', 'azure-devops', '--token-file', 'x', '--repository', 'Shop/web']],
    [['--service', 'github', '--token-file', 'x', '--repository', 'a/b', '--address', 'http://git.acme.example']],
    [['--service', 'github', '--token-file', 'x', '--repository', 'a/b', '--sandbox', 'http://git.acme.example']],
    [['--service', 'github', '--token', `ghp_${'s'.repeat(36)}`]],
    [[`ghp_${'s'.repeat(36)}`]],
  ])('refuses %j, and repeats nothing of it that could be a token', (args) => {
    expect(() => readOptions(args)).toThrow(UsageError);
    expect(() => readOptions(args)).not.toThrow(/sss/);
  });

  it.each([
    ['two lines', 'github', 'ghp_one\nghp_two\n'],
    ['nothing', 'github', '\n'],
    ['one line', 'codecommit', 'AKIAONE\n'],
    ['far too much', 'github', 'x'.repeat(5000)],
  ])('refuses a file with %s', async (_, service, text) => {
    const directory = await mkdtemp(join(tmpdir(), 'undersigned-verify-'));
    const tokenFile = join(directory, 'token');
    await writeFile(tokenFile, text);
    const address = service === 'codecommit' ? ['--address', 'us-east-1'] : [];
    const repository = service === 'codecommit' ? 'web' : 'acme/web';
    const options = readOptions([
      '--service',
      service,
      '--token-file',
      tokenFile,
      '--repository',
      repository,
      ...address,
    ]);
    expect(() => readCredential(options as never)).toThrow(UsageError);
    await rm(directory, { recursive: true });
  });

  it('takes the .csv file of a new access key', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'undersigned-verify-'));
    const tokenFile = join(directory, 'key.csv');
    await writeFile(tokenFile, '\uFEFFAccess key ID,Secret access key\r\nAKIAONE,secret/one\r\n');
    const options = readOptions([
      '--service',
      'codecommit',
      '--token-file',
      tokenFile,
      '--repository',
      'web',
      '--address',
      'us-east-1',
    ]);
    const { credential } = readCredential(options as never);
    expect(credential.kind === 'access-key' && [credential.id.reveal(), credential.secret.reveal()]).toEqual([
      'AKIAONE',
      'secret/one',
    ]);
    await rm(directory, { recursive: true });
  });
});
