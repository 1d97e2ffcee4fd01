import type { ReactNode } from 'react';
import { ExternalLink } from './external-link';
import { guideUrl } from './guide-url';

type Props = { guide: string; children: ReactNode };

/** Leads to a guide; nothing where there is no place to lead to. */
export function GuideLink({ guide, children }: Props) {
  const url = guideUrl(guide);
  return url === undefined ? null : (
    <ExternalLink href={url} withIcon>
      {children}
    </ExternalLink>
  );
}
