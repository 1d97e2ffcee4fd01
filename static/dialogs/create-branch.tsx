import { lazy, useState } from 'react';
import type { IssueView, ProviderKind } from '../../src/contract/views';
import type { BranchDone as Made, RequestPreset } from '../shared/dialogs';
import { useText } from '../shared/text';
import { closeDialog } from './close';
import { CreateBranchForm } from './create-branch-form';
import { WriteDialog } from './write-dialog';

const doneFile = () => import('./branch-done');
const BranchDone = lazy(async () => ({ default: (await doneFile()).BranchDone }));
const CreateRequest = lazy(async () => ({ default: (await import('./create-request')).CreateRequest }));

type Props = {
  issueKey: string;
  issue?: IssueView;
  accountId: string;
  /** A page opened this dialog and shows the success itself; otherwise the dialog does. */
  hasOpener: boolean;
};

export function CreateBranch({ issueKey, issue, accountId, hasOpener }: Props) {
  const { t } = useText();
  const [done, setDone] = useState<{ created: Made; service: string; provider: ProviderKind | undefined }>();
  const [preset, setPreset] = useState<RequestPreset>();
  if (preset) return <CreateRequest issueKey={issueKey} accountId={accountId} hasOpener={false} preset={preset} />;
  if (done) return <BranchDone {...done} accountId={accountId} onCreateRequest={setPreset} />;
  return (
    <WriteDialog
      heading={t('branch.heading')}
      issueKey={issueKey}
      initial={issue}
      named
      allowed={({ actions }) => actions.branches}
    >
      {(tools) => (
        <CreateBranchForm
          tools={tools}
          accountId={accountId}
          // Sent for while the branch is made: its success is shown at once.
          onWrite={() => !hasOpener && void doneFile().catch(() => undefined)}
          onDone={(created, service, provider) =>
            hasOpener ? closeDialog<'create-branch'>(created) : setDone({ created, service, provider })
          }
        />
      )}
    </WriteDialog>
  );
}
