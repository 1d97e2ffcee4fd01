import LinkExternalIcon from '@atlaskit/icon/core/link-external';
import type { ComponentProps } from 'react';
import { useText } from './text';

/** On whatever opens a page outside of the one that is seen: a mark, and a word for those who hear it. */
export function NewTab(props: Partial<ComponentProps<typeof LinkExternalIcon>>) {
  const { t } = useText();
  return <LinkExternalIcon {...props} label={t('link.newTab')} size="small" />;
}
