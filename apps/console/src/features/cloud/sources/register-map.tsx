import { useMutation } from '@tanstack/react-query';
import { Button, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../api/client.ts';
import { useNotify } from '../../../components/use-notify.ts';

type Row = Readonly<Record<string, unknown>>;

/** Takes the register map of a device from a CSV file, as its maker or the last project wrote it. */
export function RegisterMap({ onRegisters }: { onRegisters(rows: Row[]): void }) {
  const { t } = useTranslation();
  const { failed, done } = useNotify();
  const read = useMutation({
    mutationFn: async (file: File) =>
      (await answer(api.POST('/api/cloud/register-maps', { body: { csv: await file.text() } }))).registers,
    onError: failed,
    onSuccess: (registers) => {
      onRegisters(registers);
      done(t('cloud.sources.registersRead', { n: registers.length }));
    },
  });
  return (
    <Upload
      accept=".csv,.txt"
      showUploadList={false}
      beforeUpload={(file) => {
        read.mutate(file);
        return false;
      }}
    >
      <Button size="small" loading={read.isPending}>
        {t('cloud.sources.registersFromFile')}
      </Button>
    </Upload>
  );
}
