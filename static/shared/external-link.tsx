import LinkExternalIcon from '@atlaskit/icon/core/link-external';
import type { ReactNode } from 'react';
import { isWebAddress } from './addresses';
import { openExternal } from './links';
import { useText } from './text';

type Props = { href: string; children: ReactNode; label?: string; withIcon?: boolean };

/** A link out of Jira. A real address, so it can be copied; a click goes through Jira, which may ask first. */
export function ExternalLink({ href, children, label, withIcon = false }: Props) {
  const { t } = useText();
  if (!isWebAddress(href)) return <>{children}</>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      aria-label={label && `${label} ${t('link.newTab')}`}
      onClick={(event) => {
        event.preventDefault();
        void openExternal(href);
      }}
    >
      {children}
      {withIcon && (
        <span className="link-icon">
          <LinkExternalIcon label={t('link.newTab')} size="small" />
        </span>
      )}
    </a>
  );
}
