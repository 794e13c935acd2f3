import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { families } from '../shared/families.ts';
import { useFactors } from '../shared/use-factors.ts';
import type { FactorFamily, FactorQuery } from '../types.ts';
import { choicesOf } from './factor-facts.ts';

interface FactorFiltersProps {
  readonly filter: FactorQuery;
  onChange(filter: FactorQuery): void;
}

export function FactorFilters({ filter, onChange }: FactorFiltersProps) {
  const { t } = useTranslation();
  const { regions, years } = choicesOf(useFactors().data ?? []);
  const flag = (name: 'unconfirmed' | 'all') => (
    <Checkbox
      checked={filter[name] === 'true'}
      onChange={({ target }) => onChange({ ...filter, [name]: target.checked ? 'true' : undefined })}
    >
      {t(`esg.factor.only.${name}`)}
    </Checkbox>
  );
  return (
    <>
      <FilterSelect
        label={t('esg.factor.family')}
        value={filter.family}
        onChange={(family) => onChange({ ...filter, family: family as FactorFamily | undefined })}
        options={families.map((value) => ({ value, label: t(`esg.family.${value}`) }))}
        width={140}
      />
      <FilterSelect
        label={t('esg.factor.region')}
        value={filter.region}
        onChange={(region) => onChange({ ...filter, region })}
        options={regions.map((value) => ({ value, label: value }))}
        width={100}
      />
      <FilterSelect
        label={t('esg.factor.forYear')}
        value={filter.year?.toString()}
        onChange={(year) => onChange({ ...filter, year: year ? Number(year) : undefined })}
        options={years.map((value) => ({ value: String(value), label: String(value) }))}
        width={115}
      />
      {flag('unconfirmed')}
      {flag('all')}
    </>
  );
}
