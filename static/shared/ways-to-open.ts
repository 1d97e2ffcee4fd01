import type { Card } from '../../src/contract/views';

/** A way to a branch outside of Jira: a command or an address. `name`: of what its label is about, where it needs one. */
export type Way = { id: 'switch' | 'worktree' | 'clone' | 'helper' | 'vscode' | 'web'; text: string; name?: string };

/**
 * All ways to a card's branch, those for a repository that is here already first. Jira opens web pages only (assumption: its documentation of
 * `router.open` names no other addresses), so an editor's own address is for copying.
 */
export function waysToOpen({ branch, places }: Pick<Card, 'branch' | 'places'>): Way[] {
  const ways: (Way | undefined)[] = [
    { id: 'switch', text: checkoutCommand(branch) },
    { id: 'worktree', text: worktreeCommand(branch) },
    places && { id: 'clone', text: cloneCommand(places.clone, branch) },
    places?.withHelper && {
      ...{ id: 'helper', name: places.withHelper.helper },
      text: cloneCommand(places.withHelper.address, branch),
    },
    places && { id: 'vscode', text: visualStudioCode(places.clone, branch) },
    places?.webEditor && { id: 'web', name: places.webEditor.name, text: places.webEditor.url },
  ];
  return ways.filter((way) => way !== undefined);
}

/** A word for a POSIX shell: names may hold characters that one acts on (`$(…)`, `;`, `'`), so anything unusual is quoted. */
function word(text: string): string {
  return /^[\p{L}\p{N}_./@%+:,-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A branch as the last words of a command. Services may have names that begin with `-`, which git would take for an option. */
function operand(branch: string): string {
  return branch.startsWith('-') ? `-- ${word(branch)}` : word(branch);
}

/** Fetches a branch and switches to it. */
function checkoutCommand(branch: string): string {
  return `git fetch && git switch ${operand(branch)}`;
}

/** Fetches a branch into a folder beside the repository's, called after it. */
function worktreeCommand(branch: string): string {
  const folder = `../${branch.replaceAll(/[^\p{L}\p{N}_.-]+/gu, '-')}`;
  const isOption = branch.startsWith('-');
  return `git fetch && git worktree add ${isOption ? '-- ' : ''}${word(folder)} ${word(branch)}`;
}

function cloneCommand(address: string, branch: string): string {
  return `git clone --branch=${word(branch)} ${word(address)}`;
}

/** `extensions/git/src/protocolHandler.ts` of microsoft/vscode: `url`, of http, https, ssh or git, and in its later versions `ref`. */
function visualStudioCode(clone: string, branch: string): string {
  return `vscode://vscode.git/clone?url=${encodeURIComponent(clone)}&ref=${encodeURIComponent(branch)}`;
}
