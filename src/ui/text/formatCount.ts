const THOUSANDS = new Intl.NumberFormat('en-GB')

/** 50000 as "50,000". */
export const formatCount = (count: number): string => THOUSANDS.format(count)
