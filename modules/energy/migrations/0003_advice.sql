-- What readings say could be saved, newest first; each is a finding whose output `found` repeats for lists.
create table energy_advice (
  id uuid primary key,
  site_id uuid not null,
  point_id uuid not null,
  kind text not null,
  status text not null check (status in ('open', 'accepted', 'dismissed')),
  -- Null where the readings were looked at and nothing is to be saved.
  found jsonb,
  currency text,
  -- kg CO2e a kWh and where it was taken from.
  emission_factor double precision,
  emission_source text,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  finding_id uuid not null,
  -- The measure that follows it up.
  measure_id uuid references energy_measure (id),
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null
);
create index energy_advice_site on energy_advice (site_id, created_at);
