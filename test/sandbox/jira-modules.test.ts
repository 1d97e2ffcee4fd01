import { displayCondition } from '../../packages/local-forge/src/jira/conditions';
import { siteModules } from '../../packages/local-forge/src/jira/modules';
import type { Manifest, UiModule } from '../../packages/local-forge/src/forge/manifest';
import type { PermissionKey } from '../../packages/local-forge/src/jira/state';

const viewer = (...held: PermissionKey[]) => ({
  loggedIn: held.length > 0,
  can: (key: PermissionKey) => held.includes(key),
});
const nobody = viewer();
const developer = viewer('BROWSE_PROJECTS', 'VIEW_DEV_TOOLS');
const admin = viewer('BROWSE_PROJECTS', 'VIEW_DEV_TOOLS', 'ADMINISTER');

describe('display conditions', () => {
  it.each([
    [{}, [true, true, true]],
    [{ isLoggedIn: true }, [false, true, true]],
    [{ isLoggedIn: false }, [true, false, false]],
    [{ isAdmin: true }, [false, false, true]],
    [{ hasProjectPermission: 'VIEW_DEV_TOOLS' }, [false, true, true]],
    [{ hasGlobalPermission: 'ADMINISTER', isLoggedIn: true }, [false, false, true]],
    [{ not: { isAdmin: true, isLoggedIn: true } }, [true, true, false]],
    [{ or: { isAdmin: true, isLoggedIn: false } }, [true, false, true]],
    [{ or: [{ isAdmin: true, isLoggedIn: true }, { isLoggedIn: false }] }, [true, false, true]],
    [{ and: [{ isLoggedIn: true }, { not: { isAdmin: true } }] }, [false, true, false]],
  ])('%j shows a module to nobody, developer, admin: %j', (conditions, expected) => {
    const visible = displayCondition(conditions, 'a module');
    expect([nobody, developer, admin].map(visible)).toEqual(expected);
  });

  it.each([
    { jiraExpression: 'true' },
    { hasProjectPermission: 'EDIT_ISSUES' },
    { isAdmin: 'yes' },
    { or: [{ isSiteAdmin: true }] },
  ])('%j cannot be judged here and is refused', (conditions) => {
    expect(() => displayCondition(conditions, 'jira:issuePanel x')).toThrow('jira:issuePanel x');
  });
});

describe('modules', () => {
  const manifest = (module: Partial<UiModule>): Manifest =>
    ({
      uiModules: [{ type: 'jira:issuePanel', key: 'x', title: 'X', resource: 'page', ...module }],
    }) as unknown as Manifest;

  it.each<[string, Partial<UiModule>]>([
    ['a fixed height of a panel', { viewportSize: 'large' }],
    ['a resource entry', { resource: 'page/other' }],
    ['an icon from elsewhere', { icon: 'https://example.com/a.svg' }],
    ['several panels of one kind', { allowMultiple: true }],
  ])('refuse %s, which the site could only ignore', (_what, module) => {
    expect(() => siteModules(manifest(module))).toThrow('jira:issuePanel x');
  });
});
