import { useTranslation } from 'react-i18next';

/** `access.sign-in` in words; a type without words of its own goes by its name. */
export function useEntryType(): (type: string) => string {
  const { t, i18n } = useTranslation();
  return (type) => {
    const key = `entryTypes.${type.replaceAll('.', '-')}`;
    return i18n.exists(key) ? t(key) : type;
  };
}
