import { checkAddress } from '../../src/domain/address';
import { editions, type AddressRule } from '../../src/domain/editions';

const anywhere: AddressRule = { kind: 'url' };
const collection: AddressRule = { kind: 'url', needsPath: true };
const gheCom: AddressRule = { kind: 'subdomain', of: 'ghe.com' };
const region = editions.codecommit.address;
const organization = editions['azure-devops'].address;

/** A name of so many letters, in parts of 60. */
const hostOf = (length: number) => `${`${'a'.repeat(59)}.`.repeat(4)}example.`.padEnd(length, 'b');

describe('The address of an installation', () => {
  it.each([
    ['git.acme.example', 'https://git.acme.example'],
    ['  https://git.acme.example/  ', 'https://git.acme.example'],
    ['HTTPS://GIT.Acme.Example', 'https://git.acme.example'],
    ['https://git.acme.example:443', 'https://git.acme.example'],
    ['https://git.acme.example:8443/', 'https://git.acme.example:8443'],
    ['https://git.acme.example:7990', 'https://git.acme.example:7990'],
    ['https://acme.example/git/Lab//', 'https://acme.example/git/Lab'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['https://xn--bcher-kva.example/a', 'https://xn--bcher-kva.example/a'],
    ['https://tfs.acme.example/tfs/Default Collection', 'https://tfs.acme.example/tfs/Default%20Collection'],
    ['https://tfs.acme.example/tfs/Default%20Collection/', 'https://tfs.acme.example/tfs/Default%20Collection'],
    ['https://git.acme.example/?x=1', 'https://git.acme.example'],
    ['https://git.acme.example/#top', 'https://git.acme.example'],
    ['https://git.acme.example/?x=@evil.example/', 'https://git.acme.example'],
    ['https://gitlab.acme-corp.example', 'https://gitlab.acme-corp.example'],
    ['https://10-0-0-1.acme.example', 'https://10-0-0-1.acme.example'],
    [`https://git.acme.example/${'x'.repeat(475)}`, `https://git.acme.example/${'x'.repeat(475)}`],
    [`https://${hostOf(253)}`, `https://${hostOf(253)}`],
  ])('%s is stored as %s', (typed, kept) => {
    expect(checkAddress(anywhere, typed)).toEqual({ ok: true, value: kept });
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['http://git.acme.example', 'not-https'],
    ['ftp://git.acme.example', 'not-https'],
    ['javascript://git.acme.example/%0aalert(1)', 'not-https'],
    ['https://user@git.acme.example', 'user-info'],
    ['https://user:pass@git.acme.example', 'user-info'],
    ['https://github.com@evil.example', 'user-info'],
    ['https://127.0.0.1', 'ip-address'],
    ['https://10.0.0.8:8443', 'ip-address'],
    ['https://169.254.169.254/latest/meta-data', 'ip-address'],
    ['https://0x7f.1', 'ip-address'],
    ['https://2130706433', 'ip-address'],
    ['https://0177.0.0.1', 'ip-address'],
    ['https://[::1]', 'ip-address'],
    ['https://[::ffff:127.0.0.1]:8443', 'ip-address'],
    ['https://①②⑦.0.0.1', 'encoding'],
    ['https://127。0。0。1', 'encoding'],
    ['https://gi%74.acme.example', 'encoding'],
    ['https://ｇｉｔ.acme.example', 'encoding'],
    ['https://git.acme.example/a%2fb', 'encoding'],
    ['https://git.acme.example/a%5c..%5cb', 'encoding'],
    ['https://git.acme.example/%2e%2e/x', 'encoding'],
    ['https://git.acme.example/100%', 'encoding'],
    ['https://git.acme.example/%00', 'encoding'],
    ['https://localhost', 'private-name'],
    ['https://git.localhost', 'private-name'],
    ['https://git.local', 'private-name'],
    ['https://metadata.google.internal', 'private-name'],
    ['https://instance-data.ec2.internal', 'private-name'],
    ['https://git.corp', 'private-name'],
    ['https://router.home.arpa', 'private-name'],
    ['https://127.0.0.1.nip.io', 'private-name'],
    ['https://metadata', 'single-label'],
    ['https://gitserver:8443', 'single-label'],
    ['https://git.acme.example:80', 'port'],
    ['https://git.acme.example:22', 'port'],
    ['https://git.acme.example:9200', 'port'],
    ['https://git.acme.example.', 'malformed'],
    ['https://git..acme.example', 'malformed'],
    ['https://-git.acme.example', 'malformed'],
    ['https://', 'malformed'],
    ['https://git.acme.example?x=1', 'malformed'],
    ['https://git.acme.example#@evil.example', 'malformed'],
    ['https:///git.acme_.example', 'malformed'],
    ['https:///ada:x@git.acme.example', 'malformed'],
    ['/git.acme.example', 'malformed'],
    ['https:\\\\git.acme.example', 'malformed'],
    ['https://git.acme.example\t/x', 'malformed'],
    ['https://git-.acme.example', 'malformed'],
    [`https://git.acme.example/${'x'.repeat(476)}`, 'malformed'],
    [`https://${hostOf(254)}`, 'malformed'],
    ['git.acme.example/http://x', 'path'],
    ['https://git.acme.example//x', 'path'],
    ['https://github.com/acme', 'other-service'],
    ['https://api.github.com', 'other-service'],
    ['https://acme.ghe.com', 'other-service'],
    ['https://gitlab.com', 'other-service'],
    ['https://dev.azure.com/acme', 'other-service'],
  ])('%s is refused: %s', (typed, problem) => {
    expect(checkAddress(anywhere, typed)).toEqual({ ok: false, error: problem });
  });

  it.each([
    ['ghes', 'https://git.acme.example/acme/web', 'https://git.acme.example'],
    ['ghes', 'https://git.acme.example:8443/acme/web.git', 'https://git.acme.example:8443'],
    ['ghes', 'https://git.acme.example/api/v3', 'https://git.acme.example'],
    ['gitlab-self-managed', 'https://lab.acme.example/api/v4/projects?x=1', 'https://lab.acme.example'],
    ['gitlab-self-managed', 'https://acme.example/gitlab/api/v4', 'https://acme.example/gitlab'],
    ['gitlab-self-managed', 'https://lab.acme.example/platform/tools/web', 'https://lab.acme.example'],
    ['gitlab-self-managed', 'https://lab.acme.example/platform/web/-/tree/main#top', 'https://lab.acme.example'],
    [
      'gitlab-self-managed',
      'https://lab.acme.example/-/user_settings/personal_access_tokens',
      'https://lab.acme.example',
    ],
    ['gitlab-self-managed', 'https://acme.example/gitlab/platform/web', 'https://acme.example/gitlab'],
    ['gitlab-self-managed', 'https://acme.example/gitlab', 'https://acme.example/gitlab'],
    ['ghes', 'https://acme.example/ghe/acme/web', 'https://acme.example/ghe'],
    ['gitlab-self-managed', 'https://acme.example/lab', 'https://acme.example/lab'],
    ['tfs-2018', 'https://tfs.acme.example/tfs/Main/Shop/_git/web', 'https://tfs.acme.example/tfs/Main'],
    ['tfs-2018', 'https://ado.acme.example/Main/Shop/_git/web?version=GBmain', 'https://ado.acme.example/Main'],
    ['tfs-2018', 'https://tfs.acme.example/tfs/Main/_projects', 'https://tfs.acme.example/tfs/Main'],
    ['tfs-2018', 'https://tfs.acme.example/tfs/Main', 'https://tfs.acme.example/tfs/Main'],
  ] as const)('of %s, copied as %s, is cut to %s', (id, copied, kept) => {
    expect(checkAddress(editions[id].address, copied)).toEqual({ ok: true, value: kept });
  });

  it('needs a collection where the rule says so', () => {
    expect(checkAddress(collection, 'https://tfs.acme.example')).toEqual({ ok: false, error: 'collection' });
    expect(checkAddress(collection, 'https://tfs.acme.example/tfs/Default Collection')).toMatchObject({ ok: true });
  });

  it('of GHE.com is a name under ghe.com and nothing more', () => {
    expect(checkAddress(gheCom, 'Acme.ghe.com/')).toEqual({ ok: true, value: 'https://acme.ghe.com' });
    for (const typed of [
      'ghe.com',
      'api.ghe.com',
      'a.b.ghe.com',
      'acme.ghe.com:8443',
      'acme.ghe.com.evil.example',
      'acmeghe.com',
    ])
      expect([typed, checkAddress(gheCom, typed)]).toEqual([typed, { ok: false, error: 'subdomain' }]);
    expect(checkAddress(gheCom, 'https://acme.ghe.com/orgs/web/pulls?q=1')).toEqual({
      ok: true,
      value: 'https://acme.ghe.com',
    });
  });

  it.each([
    'https://dev.azure.com/Acme-Corp',
    'dev.azure.com/acme-corp/',
    'https://acme-corp.visualstudio.com',
    'https://ACME-corp.visualstudio.com/DefaultCollection',
    'acme-corp.visualstudio.com/defaultcollection/',
    'https://dev.azure.com/acme-corp/Back%20Office/_git/Invoices?path=/README.md',
    'https://acme-corp.visualstudio.com/Back Office/_git/Invoices',
  ])('%s is one organization of Azure DevOps', (typed) => {
    expect(checkAddress(organization, typed)).toEqual({ ok: true, value: 'https://dev.azure.com/acme-corp' });
  });

  it.each([
    'https://dev.azure.com',
    'https://evil.example/acme',
    'https://dev.azure.com/-acme',
    'https://dev.azure.com/acme_x',
    `https://dev.azure.com/${'a'.repeat(51)}`,
    'https://dev.azure.com:8443/acme',
    'https://a.acme.visualstudio.com',
    'https://acme.visualstudio.com.evil.example',
  ])('%s is no organization of Azure DevOps', (typed) => {
    expect(checkAddress(organization, typed)).toEqual({ ok: false, error: 'organization' });
  });

  it.each(['a', 'a'.repeat(50)])('of Azure DevOps may be an organization called %s', (name) => {
    const kept = { ok: true, value: `https://dev.azure.com/${name}` };
    expect(checkAddress(organization, `dev.azure.com/${name}`)).toEqual(kept);
  });

  it('is a region for AWS', () => {
    for (const name of ['eu-central-1', 'US-EAST-1', 'us-gov-west-1', 'cn-northwest-1', 'eu-west-12'])
      expect(checkAddress(region, name)).toEqual({ ok: true, value: name.toLowerCase() });
    for (const [page, name] of [
      ['https://eu-west-1.console.aws.amazon.com', 'eu-west-1'],
      ['https://cn-north-1.console.amazonaws.cn', 'cn-north-1'],
      [
        'https://eu-west-1.console.aws.amazon.com/codesuite/codecommit/repositories/web/browse?region=eu-west-1',
        'eu-west-1',
      ],
      ['https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web', 'eu-west-1'],
      ['https://us-gov-east-1.console.amazonaws-us-gov.com', 'us-gov-east-1'],
    ] as const)
      expect(checkAddress(region, page)).toEqual({ ok: true, value: name });
    expect(checkAddress(region, '')).toEqual({ ok: false, error: 'empty' });
    for (const typed of [
      'Frankfurt',
      'eu-west-1.console.aws.amazon.com',
      'xhttps://eu-west-1.console.aws.amazon.com',
      'https://eu-west-1.console.aws.amazon.com.evil.example',
      'https://eu-west-1.evil.example',
      'eu-central-1.evil.example',
      'eu-central-1/../x',
      'https://eu-central-1',
    ])
      expect(checkAddress(region, typed)).toEqual({ ok: false, error: 'region' });
  });

  it('is the edition’s own where there is only one', () => {
    const rule: AddressRule = { kind: 'fixed', url: 'https://github.com' };
    expect(checkAddress(rule, 'https://evil.example')).toEqual({ ok: true, value: 'https://github.com' });
  });
});
