import { useEffect, useState } from 'react';
import type { PageError } from '../../src/contract/errors';
import type { IntegrationView, RequestFormView } from '../../src/contract/views';
import { call } from '../shared/call';

type Asked = { issueKey: string; repository: string | undefined; target: string };

/** The last form that came, and why none came since. Neither while the first one is read. */
export type RequestForm = { form?: RequestFormView; error?: PageError; tryAgain: () => void };

/**
 * The content of the service's own form, once the target is known. Nobody waits for it: until it is there, and where it cannot be
 * had, the form is as it is.
 */
export function useRequestForm(
  integration: IntegrationView | undefined,
  { issueKey, repository = '', target }: Asked,
): RequestForm {
  const { id: integrationId = '', capabilities, attribution } = integration ?? {};
  const { requestTemplates, requestExtras, requestRules } = capabilities ?? {};
  const isOffered = Boolean((requestTemplates ?? requestExtras ?? requestRules) && attribution?.state === 'person');
  const of = `${integrationId} ${repository}`;
  const [found, setFound] = useState<{ of: string; form?: RequestFormView; error?: PageError }>();
  const [attempt, setAttempt] = useState(0);
  const isAsked = isOffered && repository !== '' && target !== '';
  useEffect(() => {
    if (!isAsked) return undefined;
    let wanted = true;
    const asked = { issueKey, integrationId, repository, targetBranch: target };
    void call('issue', 'read-request-form', asked).then((answer) => {
      if (!wanted) return;
      const asks = `${integrationId} ${repository}`;
      if (answer.ok) setFound({ of: asks, form: answer.value });
      else setFound((before) => ({ ...(before?.of === asks && before), of: asks, error: answer.error }));
    });
    return () => void (wanted = false);
  }, [isAsked, issueKey, integrationId, repository, target, attempt]);
  const { form, error } = found?.of === of ? found : {};
  return {
    ...(form && { form }),
    ...(error && { error }),
    tryAgain: () => {
      setFound(form && { of, form });
      setAttempt((count) => count + 1);
    },
  };
}
