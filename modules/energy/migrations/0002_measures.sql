-- What is done to save energy, with how it is measured: the meter, what drives it, and the period of the baseline. Times are
-- instants; the days that a person names are those of the site's clock.
create table energy_measure (
  id uuid primary key,
  site_id uuid not null,
  point_id uuid not null,
  name text not null,
  description text not null,
  -- Decimal as text, since money is kept to its last digit.
  cost text,
  currency text,
  status text not null check (status in ('planned', 'installed', 'verified', 'abandoned')),
  -- The baseline ends where the work begins and reporting begins where it is finished: between them is the blackout.
  work_from timestamptz not null,
  work_to timestamptz not null,
  baseline_from timestamptz not null,
  method text not null,
  calendar text,
  temperature_point_id uuid,
  driver_point_ids jsonb not null,
  -- kWh a year that somebody expected, and the finding of the advice that it came from.
  expected double precision,
  advice_finding_id uuid,
  -- Summary of the newest saving that was concluded, and its finding.
  result jsonb,
  finding_id uuid,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  check (work_from <= work_to),
  check (baseline_from < work_from)
);
create index energy_measure_site on energy_measure (site_id, work_to);

-- A non-routine adjustment of a measure's baseline: who says that it is due, why, and the document that shows it.
create table energy_adjustment (
  id uuid primary key,
  measure_id uuid not null references energy_measure (id),
  reason text not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  amount double precision not null,
  document_sha256 text,
  document_name text,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  check (valid_from < valid_to)
);
create index energy_adjustment_measure on energy_adjustment (measure_id, valid_from);
