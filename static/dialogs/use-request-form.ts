import { useEffect, useState } from 'react';
import type { IntegrationView, RequestFormView } from '../../src/contract/views';
import { call } from '../shared/call';

type Asked = { issueKey: string; repository: string | undefined; target: string };

/**
 * The content of the service's own form, once the target is known. Nobody waits for it: until it is there, and where it cannot be
 * had, the form is as it is.
 */
export function useRequestForm(
  integration: IntegrationView | undefined,
  { issueKey, repository = '', target }: Asked,
): RequestFormView | undefined {
  const { id: integrationId = '', capabilities, attribution } = integration ?? {};
  const { requestTemplates, requestExtras, requestRules } = capabilities ?? {};
  const isOffered = Boolean((requestTemplates ?? requestExtras ?? requestRules) && attribution?.state === 'person');
  const of = `${integrationId} ${repository}`;
  const [found, setFound] = useState<{ of: string; form: RequestFormView }>();
  const isAsked = isOffered && repository !== '' && target !== '';
  useEffect(() => {
    if (!isAsked) return undefined;
    let wanted = true;
    const asked = { issueKey, integrationId, repository, targetBranch: target };
    void call('issue', 'read-request-form', asked).then((answer) => {
      if (wanted && answer.ok) setFound({ of: `${integrationId} ${repository}`, form: answer.value });
    });
    return () => void (wanted = false);
  }, [isAsked, issueKey, integrationId, repository, target]);
  return found?.of === of ? found.form : undefined;
}
