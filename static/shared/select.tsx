import AtlaskitSelect from '@atlaskit/select/select';
import type { ComponentProps, KeyboardEvent } from 'react';
import { selectSpeech } from './select-speech';
import { useText } from './text';

type Props<Option, IsMulti extends boolean> = ComponentProps<typeof AtlaskitSelect<Option, IsMulti>>;

/**
 * Atlaskit's list, in the person's language. Enter in an open one takes what is marked or does nothing: Atlaskit lets it through to the
 * form around it while there is nothing to take.
 */
export function Select<Option, IsMulti extends boolean = false>(props: Props<Option, IsMulti>) {
  const text = useText();
  return (
    <div onKeyDown={keepEnter}>
      <AtlaskitSelect<Option, IsMulti> {...selectSpeech(text)} {...props} />
    </div>
  );
}

function keepEnter(event: KeyboardEvent) {
  const isOpen = event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true';
  if (event.key === 'Enter' && isOpen) event.preventDefault();
}
