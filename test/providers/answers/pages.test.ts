// cspell:ignore openresty Zscaler zereight custerr activityid nedbat watchgha
import { azureDevOps } from '../../../src/providers/azure-devops';
import { codecommit } from '../../../src/providers/codecommit';
import { github } from '../../../src/providers/github';
import { gitlab } from '../../../src/providers/gitlab';
import { openScriptedService, type Reply, type ScriptedService } from '../../support/scripted-service';
import { connection as toAzure } from './azure-devops';
import { connection as toAws } from './codecommit';
import { connection as toGitHub, failure } from './github';
import { connection as toGitLab } from './gitlab';

const hosts = ['api.github.com', 'gitlab.com', 'dev.azure.com', 'codecommit.us-east-1.amazonaws.com'];
const services = [
  ['GitHub', github, toGitHub(), 'acme/web'],
  ['GitLab', gitlab, toGitLab(), 'acme/web'],
  ['Azure DevOps', azureDevOps, toAzure(), 'Shop/web'],
  ['CodeCommit', codecommit, toAws(), 'web'],
] as const;
const names = services.map(([name]) => name);

let service: ScriptedService;
beforeAll(async () => (service = await openScriptedService(hosts, () => 'anything')));
afterAll(() => service.close());

const of = (name: string) => services.find(([one]) => one === name) ?? services[0];
async function read(name: string, reply: Reply) {
  const [, provider, connection, repository] = of(name);
  service.play({ anything: reply });
  return provider.listBranches({ ...connection, deadline: Date.now() + 10_000 }, { repository, search: 'x' });
}
async function write(name: string, reply: Reply) {
  const [, provider, connection, repository] = of(name);
  service.play({ anything: reply });
  const request = { repository, name: 'new', source: 'main', commit: 'a'.repeat(40) };
  return provider.createBranch({ ...connection, deadline: Date.now() + 10_000 }, request);
}

/** Proxies with their known answers: the name, the status, the page, and the part of it that is shown. */
const pages: [string, number, string, string][] = [
  [
    'nginx (its own `ngx_http_special_response.c`)',
    403,
    '<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n',
    '403 Forbidden nginx',
  ],
  [
    'openresty',
    404,
    '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>openresty</center>\r\n</body>\r\n</html>\r\n',
    '404 Not Found openresty',
  ],
  [
    'nginx, of a body that is too large',
    413,
    '<html><head><title>413 Request Entity Too Large</title></head><body><center><h1>413 Request Entity Too Large</h1></center><hr><center>nginx/1.25.3</center></body></html>',
    '413 Request Entity Too Large nginx/1.25.3',
  ],
  [
    'Cloudflare (python-gitlab/python-gitlab#2510)',
    403,
    '<!DOCTYPE html>\n<html>\n<head>\n<title>Checking your Browser - GitLab</title>\n<style>body{color:#666}</style>\n</head>\n<body>\n<h1>Checking your Browser</h1></body></html>',
    'Checking your Browser - GitLab | Checking your Browser',
  ],
  [
    'Cloudflare (zereight/gitlab-mcp#287)',
    403,
    '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>',
    'Just a moment... | Enable JavaScript and cookies to continue',
  ],
  [
    'Squid (its own `errors/en/ERR_CACHE_ACCESS_DENIED`)',
    403,
    '<html><head><title>ERROR: Cache Access Denied</title></head><body><h1>ERROR</h1><h2>Cache Access Denied.</h2></body></html>',
    'ERROR: Cache Access Denied | ERROR Cache Access Denied.',
  ],
  [
    'F5 BIG-IP (docs "Overview of the BIG-IP ASM blocking response page")',
    403,
    '<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 1234567890<br></body></html>',
    'Request Rejected | The requested URL was rejected. Please consult with your administrator. Your support ID is: 1234567890',
  ],
  [
    'IIS (its own `custerr/en-US/403.htm`)',
    403,
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\r\n<html xmlns="http://www.w3.org/1999/xhtml">\r\n<head>\r\n<title>403 - Forbidden: Access is denied.</title>\r\n</head>\r\n<body>\r\n<div id="header"><h1>Server Error</h1></div>\r\n<h2>403 - Forbidden: Access is denied.</h2></body></html>',
    '403 - Forbidden: Access is denied. | Server Error 403 - Forbidden: Access is denied.',
  ],
  [
    'Zscaler (assumption: its wording)',
    403,
    '<html><head><title>Internet Security by Zscaler</title></head><body>Not allowed to browse this category</body></html>',
    'Internet Security by Zscaler | Not allowed to browse this category',
  ],
  ['Envoy (docs "Role based access control")', 403, 'RBAC: access denied', 'RBAC: access denied'],
  [
    'nginx, of a token that is too long for it',
    400,
    '<html><head><title>400 Request Header Or Cookie Too Large</title></head><body><center><h1>400 Bad Request</h1></center><center>Request Header Or Cookie Too Large</center><hr><center>nginx</center></body></html>',
    '400 Request Header Or Cookie Too Large | 400 Bad Request Request Header Or Cookie Too Large nginx',
  ],
  [
    'Cloudflare (docs "1xxx errors")',
    403,
    '<html><head><title>Access denied</title></head><body><h1>Error 1020</h1><p>The site owner may have set restrictions that prevent you from accessing the site.</p></body></html>',
    'Access denied | Error 1020 The site owner may have set restrictions that prevent you from accessing the site.',
  ],
  ['Cloudflare, in one line', 403, 'error code: 1010', 'error code: 1010'],
  ['Traefik (its own `404 page not found`)', 404, '404 page not found\n', '404 page not found'],
  ['Kubernetes (its default backend)', 404, 'default backend - 404', 'default backend - 404'],
  ['a hotel (RFC 6585)', 511, '<html><title>Login</title></html>', 'Login'],
];

describe.each(names)('A proxy before %s', (name) => {
  it.each(pages)('%s answers %i: nobody speaks of a right, a token or a repository', async (_, status, body, said) => {
    const reply = { status, body, headers: { 'content-type': 'text/html' } };
    const refused = failure('NOT_AN_API_ANSWER', { status, said });
    expect(await read(name, reply)).toEqual(refused);
    expect(await write(name, reply)).toEqual(refused);
    // A definite no: no request follows.
    expect(service.asked).toHaveLength(1);
  });

  it.each([502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530])('%i is an outage, in words', async (status) => {
    const body = `<html><head><title>gitlab.com | ${status}: Web server is down</title></head><body>Error</body></html>`;
    const said = `gitlab.com | ${status}: Web server is down | Error`;
    expect(await read(name, { status, body })).toEqual(failure('SERVICE_UNAVAILABLE', { status, reading: true, said }));
  });

  it('is maintenance of GitHub Enterprise (nedbat/watchgha#23)', async () => {
    const body =
      '<html><head><title>GitHub Enterprise is currently down for maintenance</title></head><body><h1>Down for maintenance</h1></body></html>';
    const said = 'GitHub Enterprise is currently down for maintenance | Down for maintenance';
    expect(await read(name, { status: 503, body })).toEqual(
      failure('SERVICE_UNAVAILABLE', { status: 503, reading: true, said }),
    );
  });

  it('counts requests as well', async () => {
    const body = '<html><title>Access denied | Error 1015: You are being rate limited</title></html>';
    expect(await read(name, { status: 429, body, headers: { 'retry-after': '30' } })).toMatchObject(
      failure('RATE_LIMITED', { retryAt: expect.stringMatching(/Z$/) }),
    );
  });

  it('shows no credential', async () => {
    for (const leak of ['ghp_alice0123456789', 'pat-of-alice', 'glpat-alice']) {
      const answer = await read(name, { status: 403, body: `<p>Blocked: ${leak}</p>` });
      const own = JSON.stringify(service.asked[0]?.headers);
      if (own.includes(leak)) expect(JSON.stringify(answer)).not.toContain(leak);
    }
  });
});

describe('A page that is the service’s own', () => {
  it.each([
    ['GitHub', 404, { 'x-github-request-id': 'A:1' }, 'REPOSITORY_NOT_FOUND'],
    ['Azure DevOps', 404, { activityid: '1', 'x-tfs-processid': '2' }, 'REPOSITORY_NOT_FOUND'],
    ['Azure DevOps', 401, {}, 'AUTH_INVALID'],
    [
      'Azure DevOps',
      401,
      { 'x-tfs-serviceerror': 'The%20Personal%20Access%20Token%20used%20has%20expired.' },
      'AUTH_EXPIRED',
    ],
  ] as const)('of %s with %i %j is %s', async (name, status, headers, code) => {
    expect(await read(name, { status, body: '<html>Page</html>', headers })).toMatchObject(failure(code));
  });

  it('is not recognised by the header that the transport writes', async () => {
    const headers = { 'undersigned-page': 'x%', 'content-type': 'application/json' };
    expect(await read('GitHub', { status: 404, body: { message: 'Not Found' }, headers })).toEqual(
      failure('REPOSITORY_NOT_FOUND'),
    );
  });
});
