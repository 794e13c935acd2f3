import { PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { ReasonModal } from '../shared/reason-modal.tsx';
import { recentYears } from '../shared/years.ts';
import type { Certificate } from '../types.ts';
import { CertificateForm } from './certificate-form.tsx';
import { useCertificateColumns } from './use-certificate-columns.tsx';
import { useCertificates, useWithdrawCertificate } from './use-certificates.ts';

export function CertificatesPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { siteId } = useSite();
  const [year, setYear] = useState<string>();
  const [all, setAll] = useState(false);
  const [registering, setRegistering] = useState(false);
  const [withdrawn, setWithdrawn] = useState<Certificate>();
  const { data, error, refetch } = useCertificates({
    year: year ? Number(year) : undefined,
    siteId: siteId ?? undefined,
    all: all ? 'true' : undefined,
  });
  const withdraw = useWithdrawCertificate();
  const writes = may('esg.certificate.write');
  const columns = useCertificateColumns(writes ? setWithdrawn : undefined);
  const register = writes && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setRegistering(true)}>
      {t('esg.certificates.new')}
    </Button>
  );
  return (
    <>
      <PageHeader page="certificates">{register}</PageHeader>
      <DataTable<Certificate>
        name="certificates"
        rows={data}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        filters={
          <>
            <FilterSelect
              label={t('esg.certificates.forYear')}
              value={year}
              onChange={setYear}
              options={recentYears(new Date().getFullYear()).map((value) => ({ value: `${value}`, label: `${value}` }))}
            />
            <Checkbox checked={all} onChange={({ target }) => setAll(target.checked)}>
              {t('esg.certificates.all')}
            </Checkbox>
          </>
        }
        empty={
          <EmptyState title={t('esg.certificates.empty')} text={t('esg.certificates.emptyNext')}>
            {register}
          </EmptyState>
        }
      />
      {registering && <CertificateForm onClose={() => setRegistering(false)} />}
      {withdrawn && (
        <ReasonModal
          title={t('esg.withdraw.certificate', { id: withdrawn.statement.certificate })}
          hint={t('esg.withdraw.hint')}
          submit={t('esg.withdraw.button')}
          error={withdraw.error}
          pending={withdraw.isPending}
          onReason={(reason) =>
            withdraw.mutate({ id: withdrawn.id, reason }, { onSuccess: () => setWithdrawn(undefined) })
          }
          onClose={() => setWithdrawn(undefined)}
        />
      )}
    </>
  );
}
