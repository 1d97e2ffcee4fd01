import { createRouter, encodePath } from '../../sandbox/services/git-host/router';

describe('A router', () => {
  const find = createRouter([
    { method: 'GET', path: '/repos/:owner/:repo', name: 'repository' },
    { method: 'DELETE', path: '/repos/:owner/:repo', name: 'removal' },
    { method: 'GET', path: '/repos/:owner/:repo/git/ref/:ref+', name: 'ref' },
    { method: 'GET', path: '/pulls/:number(\\d+)', name: 'pull' },
    { path: '/form', name: 'form' },
    { method: 'GET', path: '/:page+', name: 'page' },
  ]);
  const found = (method: string, path: string) => {
    const { route, params } = find(method, path) ?? {};
    return route && [route.name, params];
  };

  it.each([
    ['GET', '/repos/acme/web', ['repository', { owner: 'acme', repo: 'web' }]],
    ['DELETE', '/repos/acme/web', ['removal', { owner: 'acme', repo: 'web' }]],
    ['GET', '/repos/a%2Fb/100%25-%C3%BC', ['repository', { owner: 'a/b', repo: '100%-ü' }]],
    ['GET', '/repos/a/b/git/ref/heads/x%2Fy/z', ['ref', { owner: 'a', repo: 'b', ref: 'heads/x/y/z' }]],
    ['GET', '/pulls/12', ['pull', { number: '12' }]],
    ['GET', '/pulls/twelve', ['page', { page: 'pulls/twelve' }]],
    ['POST', '/form', ['form', {}]],
  ])('finds what %s %s is for', (method, path, expected) => {
    expect(found(method, path)).toEqual(expected);
  });

  it.each([
    ['POST', '/repos/acme/web'],
    ['GET', '/'],
    ['GET', '/%E0%A4%A'],
    ['GET', '/repos/acme/%zz'],
  ])('finds nothing for %s %s', (method, path) => {
    expect(find(method, path)).toBeUndefined();
  });

  it('takes upper and lower case for the same where a service does', () => {
    const loose = createRouter([{ path: '{/:project}?/_apis/git/:id' }], { ignoreCase: true });
    expect(loose('GET', '/Back%20Office/_APIS/Git/X')?.params).toEqual({ project: 'Back Office', id: 'X' });
    expect(loose('GET', '/_apis/git/X')?.params).toEqual({ id: 'X' });
    expect(find('GET', '/REPOS/acme/web')).toMatchObject({ route: { name: 'page' } });
  });

  it('finds encoded parts', () => {
    const name = 'odd/100%-#1+ü?';
    expect(found('GET', `/repos/a/b/git/ref/${encodePath(name)}`)).toEqual([
      'ref',
      { owner: 'a', repo: 'b', ref: name },
    ]);
  });
});
