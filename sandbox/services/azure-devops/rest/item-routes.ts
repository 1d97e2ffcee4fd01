import type { GitFile } from '../../git/bare-repository.ts';
import type { Repository } from '../context.ts';
import { list, refuse } from './answer.ts';
import type { Answer, Refusal } from '../../git-host/api.ts';
import { repositoryOf, requireScope } from './call.ts';
import type { RestCall } from './call.ts';
import { repositoryUrl } from './shapes.ts';

/** `VersionControlRecursionType` of the specs, by number; clients send either. */
const LEVELS: Readonly<Record<string, string>> = { '0': 'none', '1': 'oneLevel', '120': 'full' };

const missing = (path: string, { definition }: Repository): Refusal =>
  refuse(
    404,
    'GitItemNotFoundException',
    `TF401174: The item '${path}' could not be found in the repository '${definition.name}' at the version specified by '<Branch: ${definition.defaultBranch} >' (resolved to commit '').`,
  );

/** "Items - List" and "Items - Get" of the default branch; no other version is modelled. The folder itself comes first. */
export async function getItems(call: RestCall): Promise<Answer> {
  requireScope(call, 'vso.code');
  const { service, query } = call;
  const repository = repositoryOf(call);
  const head = await repository.git.ref(`refs/heads/${repository.definition.defaultBranch}`);
  const asked = query.get('path') ?? query.get('scopePath') ?? '/';
  const path = asked.replace(/^\/|\/$/g, '');
  if (head === undefined) throw missing(asked, repository);
  const all = await repository.git.files(head.sha, '', true);
  const root: GitFile = { path: '', sha: head.sha, type: 'tree' };
  // Case does not count (assumption).
  const item = [root, ...all].find((one) => one.path.toLowerCase() === path.toLowerCase());
  if (item === undefined) throw missing(asked, repository);
  const shape = (one: GitFile) => ({
    objectId: one.sha,
    gitObjectType: one.type,
    commitId: head.sha,
    path: `/${one.path}`,
    ...(one.type === 'tree' && { isFolder: true }),
    url: `${repositoryUrl(service, repository)}/items//${encodeURI(one.path)}`,
  });
  if (query.has('path')) {
    const content = query.get('includeContent') === 'true' && item.type === 'blob';
    return {
      status: 200,
      body: { ...shape(item), ...(content && { content: await repository.git.text(head.sha, item.path) }) },
    };
  }
  const given = query.get('recursionLevel') ?? 'none';
  const level = LEVELS[given] ?? given;
  const within = item.path === '' ? '' : `${item.path}/`;
  const below = all.filter((one) => one.path.startsWith(within) && one !== item);
  const direct = below.filter((one) => !one.path.slice(within.length).includes('/'));
  const found = level.toLowerCase() === 'full' ? below : level === 'none' ? [] : direct;
  return list([item, ...found].map(shape));
}
