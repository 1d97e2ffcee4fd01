import { MergeRequestApprovals, RepositoryFiles } from '@gitbeaker/rest';
import { z } from 'zod';
import { codeOwners, namedOf } from '../code-owners';
import type { Connection, ReviewRule } from '../provider';
import { answered, resource } from './client';

/** Where GitLab looks for code owners on the target branch, in this order (docs "Code Owners"). */
const OWNERS = ['', 'docs/', '.gitlab/'] as const;

const rules = z.array(
  z.object({
    approvals_required: z.number(),
    users: z.array(z.object({ username: z.string() })).catch([]),
    groups: z.array(z.object({ full_path: z.string().optional(), name: z.string() })).catch([]),
    /** All of them where the rule is for every protected branch; none where it is for every branch. */
    protected_branches: z.array(z.object({ name: z.string() })).catch([]),
    applies_to_all_protected_branches: z.boolean().catch(false),
  }),
);
const file = z.object({ content: z.string() });

/**
 * Whose approval a merge request to the branch will want. Rules and code owners are of paid plans: the others refuse the list of rules and
 * let a CODEOWNERS file count for nothing (docs "Merge request approval rules"). One request, and three more where there are rules to be had.
 */
export async function readReviewRules(
  connection: Connection,
  repository: string,
  target: string,
): Promise<ReviewRule[]> {
  const listed = await answered(async () =>
    rules.parse(await new MergeRequestApprovals(resource(connection, 'read')).allApprovalRules(repository)),
  );
  if (!listed.ok) return [];
  const files = await Promise.all(
    OWNERS.map((folder) =>
      answered(async () =>
        file.parse(
          await new RepositoryFiles(resource(connection, 'read')).show(repository, `${folder}CODEOWNERS`, target),
        ),
      ),
    ),
  );
  const found = files.find((one) => one.ok);
  const owners = found?.ok ? Buffer.from(found.value.content, 'base64').toString() : '';
  const wanted = listed.value.filter((rule) => rule.approvals_required > 0 && isFor(rule, target));
  return [
    ...wanted.map(({ approvals_required: count, users, groups }): ReviewRule => {
      const names = [...users.map(({ username }) => username), ...groups.map((one) => one.full_path ?? one.name)];
      return { kind: 'approvals', count, ...namedOf(names) };
    }),
    ...codeOwners(owners),
  ];
}

/** A protected branch may be a pattern: `release/*`. */
function isFor(
  { protected_branches: branches, applies_to_all_protected_branches: isOfAll }: z.output<typeof rules>[number],
  target: string,
): boolean {
  if (branches.length === 0) return !isOfAll;
  return branches.some(({ name }) => {
    const [first = '', ...rest] = name.split('*');
    const last = rest.at(-1);
    if (last === undefined) return target === name;
    return target.startsWith(first) && target.endsWith(last) && target.length >= first.length + last.length;
  });
}
