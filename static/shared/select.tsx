import AtlaskitSelect from '@atlaskit/select/select';
import type { ComponentProps, KeyboardEvent } from 'react';
import { LeftOut, MenuWithFoot } from './left-out';
import { selectSpeech } from './select-speech';
import { useText } from './text';

type Props<Option, IsMulti extends boolean> = ComponentProps<typeof AtlaskitSelect<Option, IsMulti>> & {
  /** Why something may be missing, a sentence each. */
  leftOut?: readonly string[] | undefined;
};

/**
 * Atlaskit's list, in the person's language. Enter in an open one takes what is marked or does nothing: Atlaskit lets it through to the
 * form around it while there is nothing to take.
 */
export function Select<Option, IsMulti extends boolean = false>({ leftOut = [], ...props }: Props<Option, IsMulti>) {
  const text = useText();
  return (
    <div onKeyDown={keepEnter}>
      <LeftOut.Provider value={leftOut}>
        <AtlaskitSelect<Option, IsMulti> {...selectSpeech(text)} components={{ Menu: MenuWithFoot }} {...props} />
      </LeftOut.Provider>
    </div>
  );
}

function keepEnter(event: KeyboardEvent) {
  const isOpen = event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true';
  if (event.key === 'Enter' && isOpen) event.preventDefault();
}
