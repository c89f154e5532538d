* Encoding: UTF-8.
* Réponses brutes, diffusion restreinte : voir LISEZMOI.txt.
* Chaque CSV devient un fichier .sav, libellés posés.
* Ouvrez ce fichier depuis le dossier des CSV, ou placez-vous y d’abord par la commande CD.
SET DECIMAL=COMMA.

* Habitants.
GET DATA /TYPE=TXT
  /FILE='reponses-habitants.csv'
  /ENCODING='UTF8'
  /ARRANGEMENT=DELIMITED
  /DELCASE=LINE
  /FIRSTCASE=2
  /DELIMITERS=";"
  /QUALIFIER='"'
  /VARIABLES=
    numero F8.0
    version F8.0
    langue A2
    mode A9
    semaine SDATE10
    secteur A14
    enfants F8.0
    renoncement A3
    renoncement_raison__cout F1.0
    renoncement_raison__delai F1.0
    renoncement_raison__peur F1.0
    priorites__rang1 A8
    priorites__rang2 A8
    priorites__rang3 A8
    visite SDATE10
    lieux A26
    remarque A5
    ancienne A45
  .
VARIABLE LABELS
  numero
    'Numéro d’ordre dans ce fichier'
  version
    'Version du questionnaire'
  langue
    'Langue de la réponse'
  mode
    'Mode de réponse'
  semaine
    'Lundi de la semaine de la réponse'
  secteur
    'Secteur'
  enfants
    'Combien d’enfants vivent avec vous ?'
  renoncement
    'Avez-vous renoncé à des soins ?'
  renoncement_raison__cout
    'Pour quelles raisons ? — Le coût'
  renoncement_raison__delai
    'Pour quelles raisons ? — Le délai'
  renoncement_raison__peur
    'Pour quelles raisons ? — La peur'
  priorites__rang1
    'Classez ces priorités. — rang 1'
  priorites__rang2
    'Classez ces priorités. — rang 2'
  priorites__rang3
    'Classez ces priorités. — rang 3'
  visite
    'Date de votre dernière visite'
  lieux
    'Lieux de soins'
  remarque
    'Une remarque ?'
  ancienne
    'Une question d’autrefois'
  .
VALUE LABELS mode
  'web'
    'Internet'
  'kiosque'
    'Borne ou tablette partagée'
  'enqueteur'
    'Avec un enquêteur'
  'papier'
    'Papier'
  .
VALUE LABELS secteur
  'Grand Dole'
    'Grand Dole'
  'Sud & vignoble'
    'Sud & vignoble'
  .
VALUE LABELS renoncement
  'oui'
    'Oui'
  'non'
    'Non'
  'nsp'
    'Je ne sais pas'
  .
MISSING VALUES renoncement ('nsp').
VALUE LABELS renoncement_raison__cout
  0
    'Non cité'
  1
    'Cité'
  .
VALUE LABELS renoncement_raison__delai
  0
    'Non cité'
  1
    'Cité'
  .
VALUE LABELS renoncement_raison__peur
  0
    'Non cité'
  1
    'Cité'
  .
VALUE LABELS priorites__rang1
  'mental'
    'Santé mentale'
  'soins'
    'Accès aux soins'
  'mobilite'
    'Mobilité'
  .
VALUE LABELS priorites__rang2
  'mental'
    'Santé mentale'
  'soins'
    'Accès aux soins'
  'mobilite'
    'Mobilité'
  .
VALUE LABELS priorites__rang3
  'mental'
    'Santé mentale'
  'soins'
    'Accès aux soins'
  'mobilite'
    'Mobilité'
  .
MRSETS /MDGROUP NAME=$renoncement_raison
  LABEL='Pour quelles raisons ?'
  VARIABLES=renoncement_raison__cout
    renoncement_raison__delai
    renoncement_raison__peur
  VALUE=1.
SAVE OUTFILE='habitants.sav'.

* Professionnels.
GET DATA /TYPE=TXT
  /FILE='reponses-professionnels.csv'
  /ENCODING='UTF8'
  /ARRANGEMENT=DELIMITED
  /DELCASE=LINE
  /FIRSTCASE=2
  /DELIMITERS=";"
  /QUALIFIER='"'
  /VARIABLES=
    numero F8.0
    version F8.0
    langue A2
    mode A9
    semaine SDATE10
    secteur A14
    remarque A9
  .
VARIABLE LABELS
  numero
    'Numéro d’ordre dans ce fichier'
  version
    'Version du questionnaire'
  langue
    'Langue de la réponse'
  mode
    'Mode de réponse'
  semaine
    'Lundi de la semaine de la réponse'
  secteur
    'Secteur'
  remarque
    'Une remarque ?'
  .
VALUE LABELS mode
  'web'
    'Internet'
  'kiosque'
    'Borne ou tablette partagée'
  'enqueteur'
    'Avec un enquêteur'
  'papier'
    'Papier'
  .
VALUE LABELS secteur
  'Grand Dole'
    'Grand Dole'
  'Sud & vignoble'
    'Sud & vignoble'
  .
SAVE OUTFILE='professionnels.sav'.

* Associations.
GET DATA /TYPE=TXT
  /FILE='reponses-associations.csv'
  /ENCODING='UTF8'
  /ARRANGEMENT=DELIMITED
  /DELCASE=LINE
  /FIRSTCASE=2
  /DELIMITERS=";"
  /QUALIFIER='"'
  /VARIABLES=
    numero F8.0
    version F8.0
    langue A1
    mode A9
    semaine SDATE10
    secteur A14
    remarque A1
  .
VARIABLE LABELS
  numero
    'Numéro d’ordre dans ce fichier'
  version
    'Version du questionnaire'
  langue
    'Langue de la réponse'
  mode
    'Mode de réponse'
  semaine
    'Lundi de la semaine de la réponse'
  secteur
    'Secteur'
  remarque
    'Une remarque ?'
  .
VALUE LABELS mode
  'web'
    'Internet'
  'kiosque'
    'Borne ou tablette partagée'
  'enqueteur'
    'Avec un enquêteur'
  'papier'
    'Papier'
  .
VALUE LABELS secteur
  'Grand Dole'
    'Grand Dole'
  'Sud & vignoble'
    'Sud & vignoble'
  .
SAVE OUTFILE='associations.sav'.
