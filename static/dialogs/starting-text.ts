import type { Capabilities, IntegrationView, RequestFormView } from '../../src/contract/views';
import { cutTo } from '../../src/domain/cut-text';
import { descriptionRoom } from '../../src/domain/request-text';
import { requestTitle, type TitleParts } from '../shared/request-title';
import type { Translate } from '../shared/translate';

type Template = RequestFormView['templates'][number];

/** The template that was chosen, or else the one the service begins with. An empty name: none. */
export function templateOf(form: RequestFormView | undefined, chosen: string | undefined): Template | undefined {
  if (chosen === undefined) return form?.templates.find(({ isDefault }) => isDefault);
  return form?.templates.find(({ name }) => name === chosen);
}

/** What a description begins with, as far as there is room beside the link to the issue. */
export function startingText(
  form: RequestFormView | undefined,
  chosen: string | undefined,
  link: string,
  capabilities: Capabilities | undefined,
): string {
  const text = templateOf(form, chosen)?.text ?? '';
  return capabilities ? cutTo(text, descriptionRoom(link, capabilities)) : text;
}

/** The pull request that is created along with a branch: nobody has typed anything for it. */
export function requestAlong(
  { issue, source: sourceBranch, target: targetBranch }: Omit<TitleParts, 'integrationId'>,
  form: RequestFormView | undefined,
  { id: integrationId, capabilities }: IntegrationView,
  t: Translate,
) {
  const parts = { issue, integrationId, source: sourceBranch, target: targetBranch };
  const title = requestTitle({}, parts, capabilities, t);
  return { sourceBranch, targetBranch, title, description: startingText(form, undefined, issue.link, capabilities) };
}
