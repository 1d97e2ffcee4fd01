import { components, type MenuProps } from '@atlaskit/select';
import { createContext, useContext } from 'react';

/** Why something may be missing in a list, a sentence each. */
export const LeftOut = createContext<readonly string[]>([]);

/**
 * The open list, and at its foot why something may be missing. Only for people who look for it: nothing was found, or they search. Not in
 * the list itself, which has nothing but options for a screen reader.
 */
export function MenuWithFoot<Option, IsMulti extends boolean>({ children, ...props }: MenuProps<Option, IsMulti>) {
  const leftOut = useContext(LeftOut);
  const { inputValue, isLoading } = props.selectProps;
  const isMissed = !isLoading && (inputValue !== '' || props.options.length === 0);
  return (
    <components.Menu {...props}>
      {children}
      {isMissed && leftOut.length > 0 && (
        <div className="list-foot small subtle" role="status">
          {leftOut.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
    </components.Menu>
  );
}
