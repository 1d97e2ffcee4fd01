import type { IntegrationView } from '../../src/contract/views';
import { BranchPicker } from '../shared/branch-picker';
import type { ChosenRepository } from '../shared/repository-picker';
import type { SeenCommits } from '../shared/seen-commits';
import type { StartKind } from '../shared/starts';
import { useText } from '../shared/text';
import { BranchDefault } from './field-defaults';
import { WithError } from './field-error';
import type { WriteTools } from './write-dialog';

type Props = {
  tools: WriteTools;
  integration: IntegrationView | undefined;
  chosen: ChosenRepository | undefined;
  keep: () => void;
  seen: SeenCommits;
  value: string;
  /** Of the value, where it is no branch. */
  kind: StartKind | undefined;
  problem: string | undefined;
  onChange: (name: string, kind?: StartKind) => void;
};

/** Where a new branch starts: a branch out of the list, or with one's own token a tag or a commit that is typed. */
export function SourceField({ tools, integration, chosen, keep, value, kind, ...rest }: Props) {
  const { t, words } = useText();
  const { issue } = tools;
  const { capabilities, attribution, provider } = integration ?? {};
  const startsAt = capabilities?.startsAt;
  const isOwn = attribution?.state === 'person';
  const tag = startsAt?.tag ? 'yes' : 'no';
  return (
    <WithError field="source">
      <BranchPicker
        label={t('field.source')}
        place={{ issueKey: issue.key }}
        integrations={issue.integrations}
        startsWithUsual
        aside={!kind && <BranchDefault tools={tools} chosen={chosen} keep={keep} branch={value} />}
        startsAt={isOwn ? startsAt : undefined}
        hint={startsAt && isOwn && t('field.source.hint', { tag })}
        nothing={startsAt && !isOwn ? t('field.source.ownToken', { tag, ...words(provider) }) : undefined}
        {...{ chosen, value, kind, ...rest }}
      />
    </WithError>
  );
}
