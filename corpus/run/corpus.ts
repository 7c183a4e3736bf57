import { prepareMachine } from '../../scripts/machine.ts'
import { makeCorpus } from './makeCorpus.ts'

/* `npm run corpus [-- --seed N]`: writes the corpus of odd and hostile files into corpus/.cache/items. */

if (prepareMachine(['dcmtk', 'corpus-packages'])) makeCorpus(process.argv.slice(2))
else process.exitCode = 1
