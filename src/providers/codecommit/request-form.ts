import {
  GetApprovalRuleTemplateCommand,
  ListAssociatedApprovalRuleTemplatesForRepositoryCommand,
} from '@aws-sdk/client-codecommit';
import { z } from 'zod';
import { ok } from '../../domain/result';
import { namedOf } from '../code-owners';
import type { Provider, ReviewRule } from '../provider';
import { answered, codeCommit } from './client';
import { nameOf } from './token';

/** Each costs a request. A repository has 25 at most ("Quotas in AWS CodeCommit"). */
const READ = 25;

const listed = z.object({ approvalRuleTemplateNames: z.array(z.string()).catch([]) });
const template = z.object({ approvalRuleTemplate: z.object({ approvalRuleTemplateContent: z.string() }) });
/** As "Create an approval rule template" writes it. Without references it is for every branch. */
const content = z.object({
  DestinationReferences: z.array(z.string()).catch([]),
  Statements: z
    .array(
      z.object({
        NumberOfApprovalsNeeded: z.coerce.number(),
        ApprovalPoolMembers: z.array(z.string()).catch([]),
      }),
    )
    .catch([]),
});

/**
 * The approval rules that a pull request to the branch gets from templates: the service has no text to begin with. One request for
 * their names, one for each. Who may not read them sees none.
 */
export const readRequestForm: Required<Provider>['readRequestForm'] = async (connection, { repository, target }) => {
  const client = codeCommit(connection);
  const names = await answered(async () =>
    listed.parse(
      await client.send(new ListAssociatedApprovalRuleTemplatesForRepositoryCommand({ repositoryName: repository })),
    ),
  );
  if (!names.ok) return names.error.code === 'SCOPE_MISSING' ? ok({ templates: [], rules: [] }) : names;
  const read = await Promise.all(
    names.value.approvalRuleTemplateNames.slice(0, READ).map((approvalRuleTemplateName) =>
      answered(async () => {
        const found = template.parse(
          await client.send(new GetApprovalRuleTemplateCommand({ approvalRuleTemplateName })),
        );
        return content.parse(JSON.parse(found.approvalRuleTemplate.approvalRuleTemplateContent));
      }),
    ),
  );
  const wanted = read
    .flatMap((one) => (one.ok ? [one.value] : []))
    .filter(({ DestinationReferences: refs }) => refs.length === 0 || refs.includes(`refs/heads/${target}`));
  const rules = wanted.flatMap(({ Statements }) =>
    Statements.map(({ NumberOfApprovalsNeeded: count, ApprovalPoolMembers: members }): ReviewRule => ({
      kind: 'approvals',
      count,
      ...namedOf(members.map(nameOf)),
    })),
  );
  return ok({ templates: [], rules });
};
