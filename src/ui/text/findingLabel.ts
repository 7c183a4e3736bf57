import { CT_RATE_FINDINGS, type FindingId } from '../../../phantom/findings/ctRateFindings.ts'

const LABELS = new Map<FindingId, string>(CT_RATE_FINDINGS.map(({ id, label }) => [id, label]))

export const findingLabel = (id: FindingId): string => LABELS.get(id) ?? id
