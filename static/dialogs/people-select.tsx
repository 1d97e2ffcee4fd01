import type { ReviewerView } from '../../src/contract/views';
import { fitting, searched } from '../shared/searched';
import { Select } from '../shared/select';

type Option = ReviewerView & { label: string };

type Props = {
  id: string;
  describedBy: string;
  value: readonly ReviewerView[];
  people: readonly ReviewerView[];
  isLoading: boolean;
  placeholder: string;
  nothing: string;
  leftOut?: readonly string[] | undefined;
  loadingText: string;
  onOpen: () => void;
  search: string;
  onSearch: (search: string) => void;
  onChange: (chosen: ReviewerView[]) => void;
};

/** Several people out of a list that the service searches. */
export function PeopleSelect(props: Props) {
  const options = props.people.map(({ id, login, name }) => ({
    id,
    login,
    label: name ? `${login} (${name})` : login,
  }));
  return (
    <Select<Option, true>
      isMulti
      inputId={props.id}
      descriptionId={props.describedBy}
      value={props.value.map((person) => ({ ...person, label: person.login }))}
      getOptionValue={({ id }: Option) => id}
      options={props.isLoading ? fitting(options, props.search) : options}
      isLoading={props.isLoading}
      onMenuOpen={props.onOpen}
      {...searched(props.search, props.onSearch)}
      onChange={(chosen: readonly Option[]) => props.onChange(chosen.map(({ id, login }) => ({ id, login })))}
      placeholder={props.placeholder}
      noOptionsMessage={() => props.nothing}
      leftOut={props.leftOut}
      loadingMessage={() => props.loadingText}
      maxMenuHeight={200}
    />
  );
}
