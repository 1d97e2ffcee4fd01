import ChevronDownIcon from '@atlaskit/icon/core/chevron-down';
import type { ComponentProps } from 'react';

/** The sign of a button that opens a menu. */
export function Chevron(props: ComponentProps<typeof ChevronDownIcon>) {
  return <ChevronDownIcon {...props} size="small" />;
}
