import ChevronDownIcon from '@atlaskit/icon/core/chevron-down';
import { type ComponentType, useRef, useState } from 'react';
import type { SearchSelectProps } from './search-select';

/**
 * The searchable list is a third of a dialog's code. It is fetched when somebody comes to it; until it is there a plain field
 * in its place shows what is chosen and takes what is typed.
 */
export function LazySearchSelect<Value>(props: SearchSelectProps<Value>) {
  const [List, setList] = useState<ComponentType<SearchSelectProps<Value>>>();
  const field = useRef<HTMLInputElement>(null);
  const isPressed = useRef(false);
  // Without it the field does not change, and the next person who comes to it sends the request again.
  const fetchList = () =>
    void import('./search-select').then(
      ({ SearchSelect }) => setList(() => SearchSelect<Value>),
      () => undefined,
    );
  if (List) {
    const isHere = field.current !== null && document.activeElement === field.current;
    return <List {...props} takesFocus={isHere} isOpen={isHere && (isPressed.current || props.search !== '')} />;
  }
  const { id, describedBy, invalid, value, placeholder, search, onSearch } = props;
  return (
    <div className="stand-in" onPointerEnter={fetchList}>
      {search === '' && <span className={value ? '' : 'subtlest'}>{value?.label ?? placeholder}</span>}
      <input
        ref={field}
        id={id}
        role="combobox"
        aria-expanded={false}
        aria-haspopup="listbox"
        aria-describedby={describedBy}
        aria-invalid={invalid}
        autoComplete="off"
        disabled={props.isDisabled ?? false}
        value={search}
        onPointerDown={() => (isPressed.current = true)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') isPressed.current = true;
          // In a list it chooses; here it would send the form.
          if (event.key === 'Enter') event.preventDefault();
          fetchList();
        }}
        // A person who comes with Tab lets it go here. Focus says less: a dialog begins in its first field by itself.
        onKeyUp={fetchList}
        // Dictation and pasting press no key.
        onChange={({ currentTarget }) => {
          fetchList();
          onSearch(currentTarget.value);
        }}
      />
      <span className="stand-in-chevron">
        <ChevronDownIcon label="" size="small" />
      </span>
    </div>
  );
}
