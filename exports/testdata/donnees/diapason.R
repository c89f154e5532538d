# Réponses brutes, diffusion restreinte : voir LISEZMOI.txt.
# Lit les CSV de ce dossier et pose les libellés, avec R seul (4.0 ou plus récent) :
#   setwd("le dossier des CSV"); source("diapason.R", encoding = "UTF-8")
# Chaque fichier devient un data.frame. attr(x, "label") est la question posée.
# Pour retirer « ne sait pas » et « ne veut pas répondre » d’un facteur :
#   avec_avis(habitants$medecin)

lire <- function(fichier) {
  read.csv2(fichier, fileEncoding = "UTF-8-BOM", colClasses = "character",
            na.strings = "", check.names = FALSE, quote = "\"", comment.char = "")
}
nombre <- function(x) as.numeric(sub(",", ".", x, fixed = TRUE))
# Les codes hors de la liste restent ce qu’ils sont, après les autres.
facteur <- function(x, codes, libelles, hors_base = character(0)) {
  autres <- sort(setdiff(unique(x[!is.na(x)]), codes))
  f <- factor(x, levels = c(codes, autres), labels = c(libelles, autres))
  attr(f, "hors_base") <- hors_base
  f
}
avec_avis <- function(f) droplevels(factor(f, levels = setdiff(levels(f), attr(f, "hors_base"))))
libelle <- function(x, texte) { attr(x, "label") <- texte; x }

# Habitants
habitants <- lire("reponses-habitants.csv")
habitants[["numero"]] <- libelle(nombre(habitants[["numero"]]),
  "Numéro d’ordre dans ce fichier")
habitants[["version"]] <- libelle(nombre(habitants[["version"]]),
  "Version du questionnaire")
habitants[["langue"]] <- libelle(habitants[["langue"]],
  "Langue de la réponse")
habitants[["mode"]] <- libelle(facteur(habitants[["mode"]],
  c("web", "kiosque", "enqueteur", "papier"),
  c("Internet",
    "Borne ou tablette partagée",
    "Avec un enquêteur",
    "Papier")),
  "Mode de réponse")
habitants[["semaine"]] <- libelle(as.Date(habitants[["semaine"]]),
  "Lundi de la semaine de la réponse")
habitants[["secteur"]] <- libelle(facteur(habitants[["secteur"]],
  c("Grand Dole", "Sud & vignoble"),
  c("Grand Dole",
    "Sud & vignoble")),
  "Secteur")
habitants[["enfants"]] <- libelle(nombre(habitants[["enfants"]]),
  "Combien d’enfants vivent avec vous ?")
habitants[["renoncement"]] <- libelle(facteur(habitants[["renoncement"]],
  c("oui", "non", "nsp"),
  c("Oui",
    "Non",
    "Je ne sais pas"),
  c("Je ne sais pas")),
  "Avez-vous renoncé à des soins ?")
habitants[["renoncement_raison__cout"]] <- libelle(as.integer(habitants[["renoncement_raison__cout"]]),
  "Pour quelles raisons ? — Le coût")
habitants[["renoncement_raison__delai"]] <- libelle(as.integer(habitants[["renoncement_raison__delai"]]),
  "Pour quelles raisons ? — Le délai")
habitants[["renoncement_raison__peur"]] <- libelle(as.integer(habitants[["renoncement_raison__peur"]]),
  "Pour quelles raisons ? — La peur")
habitants[["priorites__rang1"]] <- libelle(facteur(habitants[["priorites__rang1"]],
  c("mental", "soins", "mobilite"),
  c("Santé mentale",
    "Accès aux soins",
    "Mobilité")),
  "Classez ces priorités. — rang 1")
habitants[["priorites__rang2"]] <- libelle(facteur(habitants[["priorites__rang2"]],
  c("mental", "soins", "mobilite"),
  c("Santé mentale",
    "Accès aux soins",
    "Mobilité")),
  "Classez ces priorités. — rang 2")
habitants[["priorites__rang3"]] <- libelle(facteur(habitants[["priorites__rang3"]],
  c("mental", "soins", "mobilite"),
  c("Santé mentale",
    "Accès aux soins",
    "Mobilité")),
  "Classez ces priorités. — rang 3")
habitants[["visite"]] <- libelle(as.Date(habitants[["visite"]]),
  "Date de votre dernière visite")
habitants[["lieux"]] <- libelle(habitants[["lieux"]],
  "Lieux de soins")
habitants[["remarque"]] <- libelle(habitants[["remarque"]],
  "Une remarque ?")
habitants[["ancienne"]] <- libelle(habitants[["ancienne"]],
  "Une question d’autrefois")

# Professionnels
professionnels <- lire("reponses-professionnels.csv")
professionnels[["numero"]] <- libelle(nombre(professionnels[["numero"]]),
  "Numéro d’ordre dans ce fichier")
professionnels[["version"]] <- libelle(nombre(professionnels[["version"]]),
  "Version du questionnaire")
professionnels[["langue"]] <- libelle(professionnels[["langue"]],
  "Langue de la réponse")
professionnels[["mode"]] <- libelle(facteur(professionnels[["mode"]],
  c("web", "kiosque", "enqueteur", "papier"),
  c("Internet",
    "Borne ou tablette partagée",
    "Avec un enquêteur",
    "Papier")),
  "Mode de réponse")
professionnels[["semaine"]] <- libelle(as.Date(professionnels[["semaine"]]),
  "Lundi de la semaine de la réponse")
professionnels[["secteur"]] <- libelle(facteur(professionnels[["secteur"]],
  c("Grand Dole", "Sud & vignoble"),
  c("Grand Dole",
    "Sud & vignoble")),
  "Secteur")
professionnels[["remarque"]] <- libelle(professionnels[["remarque"]],
  "Une remarque ?")

# Associations
associations <- lire("reponses-associations.csv")
associations[["numero"]] <- libelle(nombre(associations[["numero"]]),
  "Numéro d’ordre dans ce fichier")
associations[["version"]] <- libelle(nombre(associations[["version"]]),
  "Version du questionnaire")
associations[["langue"]] <- libelle(associations[["langue"]],
  "Langue de la réponse")
associations[["mode"]] <- libelle(facteur(associations[["mode"]],
  c("web", "kiosque", "enqueteur", "papier"),
  c("Internet",
    "Borne ou tablette partagée",
    "Avec un enquêteur",
    "Papier")),
  "Mode de réponse")
associations[["semaine"]] <- libelle(as.Date(associations[["semaine"]]),
  "Lundi de la semaine de la réponse")
associations[["secteur"]] <- libelle(facteur(associations[["secteur"]],
  c("Grand Dole", "Sud & vignoble"),
  c("Grand Dole",
    "Sud & vignoble")),
  "Secteur")
associations[["remarque"]] <- libelle(associations[["remarque"]],
  "Une remarque ?")
