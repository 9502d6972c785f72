<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>dinamis</name>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source> % at most</source>
        <translation> % au plus</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/form.py"/>
        <source> ha</source>
        <translation> ha</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source> km</source>
        <translation> km</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>%n account(s) made anonymous.</source>
        <translation><numerusform>%n compte rendu anonyme.</numerusform><numerusform>%n comptes rendus anonymes.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>%n account(s)…</source>
        <translation><numerusform>%n compte…</numerusform><numerusform>%n comptes…</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/compare/change/panel.py"/>
        <location filename="../dinamis_qgis/compare/output/sheet.py"/>
        <location filename="../dinamis_qgis/processing/comparisonsheet.py"/>
        <source>%n area(s)</source>
        <translation><numerusform>%n zone</numerusform><numerusform>%n zones</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/search/run/worker.py"/>
        <source>%n chosen</source>
        <translation><numerusform>%n choisi</numerusform><numerusform>%n choisis</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <source>%n could not be read</source>
        <translation><numerusform>%n illisible</numerusform><numerusform>%n illisibles</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>%n date(s) of the view</source>
        <translation><numerusform>%n date de la vue</numerusform><numerusform>%n dates de la vue</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>%n decision(s) have not been carried out yet.</source>
        <translation><numerusform>%n décision n’est pas encore exécutée.</numerusform><numerusform>%n décisions ne sont pas encore exécutées.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/panel.py"/>
        <source>%n entity(ies) imported.</source>
        <translation><numerusform>%n entité importée.</numerusform><numerusform>%n entités importées.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>%n entry(ies) about this person are in “{name}”.</source>
        <translation><numerusform>%n élément sur cette personne est dans « {name} ».</numerusform><numerusform>%n éléments sur cette personne sont dans « {name} ».</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>%n existing file(s) will be replaced: {names}</source>
        <translation><numerusform>%n fichier existant sera remplacé : {names}</numerusform><numerusform>%n fichiers existants seront remplacés : {names}</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/downloads/model.py"/>
        <source>%n file(s)</source>
        <translation><numerusform>%n fichier</numerusform><numerusform>%n fichiers</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/bridge/transfer/downloads.py"/>
        <source>%n file(s) downloaded.</source>
        <translation><numerusform>%n fichier téléchargé.</numerusform><numerusform>%n fichiers téléchargés.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>%n file(s) in the queue: see “My products”.</source>
        <translation><numerusform>%n fichier en file d’attente : voir « Mes produits ».</numerusform><numerusform>%n fichiers en file d’attente : voir « Mes produits ».</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/downloads/overview.py"/>
        <source>%n file(s) left</source>
        <translation><numerusform>%n fichier restant</numerusform><numerusform>%n fichiers restants</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/core/delivery/dim.py"/>
        <source>%n file(s) of the image are missing: {names}.</source>
        <translation><numerusform>%n fichier de l’image manque : {names}.</numerusform><numerusform>%n fichiers de l’image manquent : {names}.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/downloads/overview.py"/>
        <source>%n file(s) paused</source>
        <translation><numerusform>%n fichier en pause</numerusform><numerusform>%n fichiers en pause</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/search/chosen/export.py"/>
        <source>%n footprint(s) written to “{path}”.</source>
        <translation><numerusform>%n emprise écrite dans « {path} ».</numerusform><numerusform>%n emprises écrites dans « {path} ».</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>%n hint(s) used.</source>
        <translation><numerusform>%n indice utilisé.</numerusform><numerusform>%n indices utilisés.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/requests/draft/archive_view.py"/>
        <source>%n image(s) in {span}: {share} % of the area, {licensed} % under your licences.</source>
        <translation><numerusform>%n image en {span} : {share} % de l’emprise, dont {licensed} % sous vos licences.</numerusform><numerusform>%n images en {span} : {share} % de l’emprise, dont {licensed} % sous vos licences.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/bridge/project/restore.py"/>
        <source>%n image(s) of this project are not open to your account.</source>
        <translation><numerusform>%n image de ce projet n’est pas ouverte à votre compte.</numerusform><numerusform>%n images de ce projet ne sont pas ouvertes à votre compte.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/bridge/project/restore.py"/>
        <source>%n image(s) of this project are not where they were on the disk: {names}. Put the files back, or repair the source with a right click on the layer.</source>
        <translation><numerusform>%n image de ce projet n’est plus à sa place sur le disque : {names}. Remettez le fichier en place, ou réparez la source par un clic droit sur la couche.</numerusform><numerusform>%n images de ce projet ne sont plus à leur place sur le disque : {names}. Remettez les fichiers en place, ou réparez la source par un clic droit sur la couche.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/bridge/project/restore.py"/>
        <source>%n image(s) of this project are read through the service again: their local copy is not there any more.</source>
        <translation><numerusform>%n image de ce projet s’affiche de nouveau en ligne : sa copie locale est introuvable.</numerusform><numerusform>%n images de ce projet s’affichent de nouveau en ligne : leurs copies locales sont introuvables.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/bridge/project/restore.py"/>
        <source>%n image(s) of this project cannot be reached for now.</source>
        <translation><numerusform>%n image de ce projet est indisponible pour l’instant.</numerusform><numerusform>%n images de ce projet sont indisponibles pour l’instant.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/bridge/project/restore.py"/>
        <source>%n image(s) of this project come from another service than the one that is open.</source>
        <translation><numerusform>%n image de ce projet vient d’un autre service que celui qui est ouvert.</numerusform><numerusform>%n images de ce projet viennent d’un autre service que celui qui est ouvert.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/bridge/project/restore.py"/>
        <source>%n image(s) of this project wait for you to sign in.</source>
        <translation><numerusform>%n image de ce projet attend que vous vous connectiez.</numerusform><numerusform>%n images de ce projet attendent que vous vous connectiez.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/downloads/removal.py"/>
        <source>%n layer(s) of this project show them and will be empty.</source>
        <translation><numerusform>%n couche de ce projet les affiche et sera vide.</numerusform><numerusform>%n couches de ce projet les affichent et seront vides.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/import_dialog.py"/>
        <source>%n line(s) are there already.</source>
        <translation><numerusform>%n ligne est déjà présente.</numerusform><numerusform>%n lignes sont déjà présentes.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/import_dialog.py"/>
        <source>%n line(s) can be imported.</source>
        <translation><numerusform>%n ligne peut être importée.</numerusform><numerusform>%n lignes peuvent être importées.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/import_dialog.py"/>
        <source>%n line(s) with a fault are left out.</source>
        <translation><numerusform>%n ligne en défaut est laissée de côté.</numerusform><numerusform>%n lignes en défaut sont laissées de côté.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/search/results/bars.py"/>
        <source>%n loaded</source>
        <translation><numerusform>%n chargé</numerusform><numerusform>%n chargés</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/search/results/bars.py"/>
        <source>%n loaded, sorted here</source>
        <translation><numerusform>%n chargé, trié ici</numerusform><numerusform>%n chargés, triés ici</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <location filename="../dinamis_qgis/gui/search/query/query_bar.py"/>
        <source>%n month(s)</source>
        <translation><numerusform>%n mois</numerusform><numerusform>%n mois</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/requests/sent/waiting_bar.py"/>
        <source>%n more wait(s) too.</source>
        <translation><numerusform>%n autre attend aussi.</numerusform><numerusform>%n autres attendent aussi.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>%n need(s) received.</source>
        <translation><numerusform>%n besoin reçu.</numerusform><numerusform>%n besoins reçus.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/search/query/saved_menu.py"/>
        <source>%n new</source>
        <translation><numerusform>%n nouveau</numerusform><numerusform>%n nouveaux</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/search/query/saved_menu.py"/>
        <source>%n new product(s) in your saved searches</source>
        <translation><numerusform>%n nouveau produit dans vos recherches enregistrées</numerusform><numerusform>%n nouveaux produits dans vos recherches enregistrées</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/search/results/passes.py"/>
        <source>%n of this pass</source>
        <translation><numerusform>%n produit de ce passage</numerusform><numerusform>%n produits de ce passage</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source>%n part(s)</source>
        <translation><numerusform>%n partie</numerusform><numerusform>%n parties</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <location filename="../dinamis_qgis/gui/search/query/timeline.py"/>
        <location filename="../dinamis_qgis/gui/search/run/worker.py"/>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>%n product(s)</source>
        <translation><numerusform>%n produit</numerusform><numerusform>%n produits</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <location filename="../dinamis_qgis/gui/search/chosen/actions.py"/>
        <source>%n product(s) left out:</source>
        <translation><numerusform>%n produit laissé de côté :</numerusform><numerusform>%n produits laissés de côté :</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/search/chosen/plan_bar.py"/>
        <source>%n product(s) left out: licence not held.</source>
        <translation><numerusform>%n produit laissé de côté : licence absente de votre compte.</numerusform><numerusform>%n produits laissés de côté : licence absente de votre compte.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <source>%n product(s) ready</source>
        <translation><numerusform>%n produit prêt</numerusform><numerusform>%n produits prêts</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/search/query/timeline.py"/>
        <source>%n product(s) without a date</source>
        <translation><numerusform>%n produit sans date</numerusform><numerusform>%n produits sans date</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/search/run/worker.py"/>
        <source>%n product(s), then no answer</source>
        <translation><numerusform>%n produit, puis plus de réponse</numerusform><numerusform>%n produits, puis plus de réponse</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>%n proposal(s): one acquisition would serve several.</source>
        <translation><numerusform>%n proposition : une acquisition servirait à plusieurs.</numerusform><numerusform>%n propositions : une acquisition servirait à plusieurs.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/bridge/requests/shared_register.py"/>
        <source>%n request(s) of your register cannot be read and are left as they are.</source>
        <translation><numerusform>%n demande de votre registre ne peut pas être lue et reste telle quelle.</numerusform><numerusform>%n demandes de votre registre ne peuvent pas être lues et restent telles quelles.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>%n request(s) written to {name}.</source>
        <translation><numerusform>%n demande écrite dans {name}.</numerusform><numerusform>%n demandes écrites dans {name}.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>%n request(s), one per part: {sizes}. The others are drafts in the list.</source>
        <translation><numerusform>%n demande : {sizes}.</numerusform><numerusform>%n demandes, une par polygone : {sizes}. Les autres sont des brouillons dans la liste.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/search/chosen/plan_bar.py"/>
        <source>%n scene(s) cover {share}</source>
        <translation><numerusform>%n scène couvre {share}</numerusform><numerusform>%n scènes couvrent {share}</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>%n selected feature(s)</source>
        <translation><numerusform>%n objet sélectionné</numerusform><numerusform>%n objets sélectionnés</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/downloads/places.py"/>
        <source>%n selected feature(s) of “{name}”</source>
        <translation><numerusform>%n entité sélectionnée de « {name} »</numerusform><numerusform>%n entités sélectionnées de « {name} »</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/lists.py"/>
        <source>%n shown</source>
        <translation><numerusform>%n ligne</numerusform><numerusform>%n lignes</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <source>%n to correct</source>
        <translation><numerusform>%n point à corriger</numerusform><numerusform>%n points à corriger</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/account/news.py"/>
        <source>%n unread news of the relay</source>
        <translation><numerusform>%n actualité du relais non lue</numerusform><numerusform>%n actualités du relais non lues</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <source>%n year(s)</source>
        <translation><numerusform>%n an</numerusform><numerusform>%n ans</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <source>%Y-%m-%d</source>
        <translation>%d/%m/%Y</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>&amp;Angle</source>
        <translation>An&amp;gle</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>&amp;By</source>
        <translation>&amp;Pour le</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>&amp;Clouds</source>
        <translation>&amp;Nuages</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>&amp;From</source>
        <translation>D&amp;u</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>&amp;Mode</source>
        <translation>&amp;Mode</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>&amp;Need</source>
        <translation>&amp;Besoin</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>&amp;Satellite</source>
        <translation>&amp;Satellite</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>&amp;Title</source>
        <translation>&amp;Titre</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/findings.py"/>
        <source>0 km²</source>
        <translation>0 km²</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>0° looks straight down; the larger the angle, the more buildings lean</source>
        <translation>0° : à la verticale ; plus l’angle est grand, plus les bâtiments s’inclinent</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <location filename="../dinamis_qgis/gui/search/query/filters.py"/>
        <source>12 months</source>
        <translation>12 mois</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>3 months</source>
        <translation>3 mois</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/filters.py"/>
        <source>3 years</source>
        <translation>3 ans</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <source>&lt;b&gt;Emergency?&lt;/b&gt; A request takes weeks. Call on: {links}.</source>
        <translation>&lt;b&gt;Urgence ?&lt;/b&gt; Une demande prend des semaines. Tournez-vous vers : {links}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/fetch/partial_file.py"/>
        <source>A disk formatted as FAT32 stops at 4 GB; choose a folder on another disk.</source>
        <translation>Un disque formaté en FAT32 s’arrête à 4 Go ; choisissez un dossier sur un autre disque.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>A few words by which your relay will know it.</source>
        <translation>Quelques mots pour que le relais reconnaisse la demande.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source>A file (GeoPackage, Shapefile, GeoJSON, KML)…</source>
        <translation>Un fichier (GeoPackage, Shapefile, GeoJSON, KML)…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/transfer/downloads.py"/>
        <source>A file could not be downloaded.</source>
        <translation>Un fichier n’a pas pu être téléchargé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>A fixed day cannot be asked for.</source>
        <translation>Une date fixe ne peut pas être demandée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <source>A key is kept: paste another to replace it</source>
        <translation>Une clé est gardée : collez-en une autre pour la remplacer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>A key lets a program (script, server, GDAL) work in your name without the sign-in page. One key per program.</source>
        <translation>Une clé permet à un programme (script, serveur, GDAL) de travailler en votre nom sans la page de connexion. Une clé par programme.</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>A message to your relay is ready. Attach the %n file(s) of the folder, send it, then press “It is sent”.</source>
        <translation><numerusform>Un message à votre relais est prêt. Joignez le fichier du dossier, envoyez-le, puis cliquez sur « C’est envoyé ».</numerusform><numerusform>Un message à votre relais est prêt. Joignez les %n fichiers du dossier, envoyez-le, puis cliquez sur « C’est envoyé ».</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/find.py"/>
        <source>A part of the delivery is missing: {name}.</source>
        <translation>Une partie de la livraison manque : {name}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>A partner's installation</source>
        <translation>Installation d’un partenaire</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/send.py"/>
        <source>A request is being sent from another QGIS window.</source>
        <translation>Une demande est en cours d’envoi depuis une autre fenêtre QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register/register.py"/>
        <source>A request that was sent stays in the register.</source>
        <translation>Une demande envoyée reste dans le registre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/list_import.py"/>
        <source>A SIREN has 9 digits.</source>
        <translation>Un SIREN a 9 chiffres.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/list_import.py"/>
        <source>A SIRET has 14 digits.</source>
        <translation>Un SIRET a 14 chiffres.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>A video (MP4) would need ffmpeg, which this computer does not have.</source>
        <translation>Une vidéo (MP4) demande ffmpeg, qui n’est pas installé sur cet ordinateur.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>A wide swath and few clouds, over a season.</source>
        <translation>Large emprise et peu de nuages, sur une saison.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>A wide swath in the growing season.</source>
        <translation>Large emprise en période de végétation.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>A&amp;ge</source>
        <translation>Âg&amp;e</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/panel.py"/>
        <source>About {area} above the threshold</source>
        <translation>Environ {area} au-dessus du seuil</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/files_list.py"/>
        <source>about {size} on the disk</source>
        <translation>environ {size} sur le disque</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>Accept a little more cloud.</source>
        <translation>Acceptez un peu plus de nuages.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Accept only a file that your relay itself gave you.</source>
        <translation>N’acceptez qu’un fichier que votre relais vous a lui-même remis.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>Accept {limit} %</source>
        <translation>Accepter {limit} %</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Acceptance</source>
        <translation>Acceptation</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Accepted</source>
        <translation>Acceptée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Accepted by the applicant on {day}.</source>
        <translation>Acceptée par le demandeur le {day}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Accepted by the BE</source>
        <translation>Accepté par le BE</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Access key</source>
        <translation>Clé d’accès</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Account</source>
        <translation>Compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Account menu</source>
        <translation>Menu du compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Account not read</source>
        <translation>Compte non lu</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <source>Account refused</source>
        <translation>Refusé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>Account, function, entity…</source>
        <translation>Compte, fonction, entité…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Account, profile, help</source>
        <translation>Compte, service, aide</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/panel.py"/>
        <source>Accounts</source>
        <translation>Comptes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>acquired {day}</source>
        <translation>acquise le {day}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>acquired {day} at {hour}</source>
        <translation>acquise le {day} à {hour}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>acquired –</source>
        <translation>acquise le –</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>acquisition mode</source>
        <translation>mode d’acquisition</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/dossier_pdf.py"/>
        <source>Acquisition request</source>
        <translation>Demande d’acquisition</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channels/dossier.py"/>
        <source>Acquisition request: {title}</source>
        <translation>Demande d’acquisition : {title}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/request_layer.py"/>
        <source>Acquisition requests</source>
        <translation>Demandes d’acquisition</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <source>Active</source>
        <translation>Actif</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/activity.py"/>
        <source>Active people</source>
        <translation>Personnes actives</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/panel.py"/>
        <source>Activity</source>
        <translation>Activité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>Activity of the entities</source>
        <translation>Activité des entités</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Add downloaded scenes to the map</source>
        <translation>Ajouter à la carte les scènes téléchargées</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/results_dialog.py"/>
        <source>Add files…</source>
        <translation>Ajouter des fichiers…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/bars.py"/>
        <source>Add the chosen products to the map (Ctrl+Enter)</source>
        <translation>Ajouter à la carte les produits choisis (Ctrl+Entrée)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Add the cloud mask</source>
        <translation>Ajouter le masque de nuages</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/new_entity.py"/>
        <source>Add the entity</source>
        <translation>Ajouter l’entité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>Add the footprints to the project</source>
        <translation>Ajouter les emprises au projet</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <source>Add the selected products to the map</source>
        <translation>Ajouter à la carte les produits choisis</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/find.py"/>
        <source>Add them with QGIS's own “Add raster layer”: they carry their position themselves.</source>
        <translation>Ajoutez-les avec « Ajouter une couche raster » de QGIS : elles sont géoréférencées.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/requests/announce.py"/>
        <location filename="../dinamis_qgis/bridge/transfer/downloads.py"/>
        <location filename="../dinamis_qgis/gui/browser/items.py"/>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Add to map</source>
        <translation>Ajouter à la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/write_news.py"/>
        <source>Add to the file</source>
        <translation>Ajouter au fichier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/export.py"/>
        <location filename="../dinamis_qgis/gui/search/chosen/card_menu.py"/>
        <location filename="../dinamis_qgis/gui/search/results/bars.py"/>
        <location filename="../dinamis_qgis/gui/search/results/delegate.py"/>
        <source>Add to the map</source>
        <translation>Ajouter à la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/card_menu.py"/>
        <source>Add to the map as</source>
        <translation>Ajouter à la carte en</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>Add to the map once downloaded</source>
        <translation>Ajouter à la carte une fois téléchargé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>Adhesion</source>
        <translation>Adhésion</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <source>Adhesion suspended</source>
        <translation>Adhésion suspendue</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/export.py"/>
        <source>After (legal time)</source>
        <translation>Après (heure légale)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <source>Age of an image</source>
        <translation>Image existante</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Agreement number</source>
        <translation>Avenant n°</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Agreement sent</source>
        <translation>Avenant envoyé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Agreement signed</source>
        <translation>Avenant signé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/shift_row.py"/>
        <source>Align for display</source>
        <translation>Aligner à l’affichage</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <source>Align the second image first</source>
        <translation>Aligner d’abord la seconde image</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <source>Aligns the second image on the first (phase correlation), makes their radiometry alike (IR-MAD no-change pixels, Nielsen 2007, Canty &amp; Nielsen 2008), then looks for burnt areas, works, or any difference of vegetation (NDVI), brightness or magnitude. Clouds are left out. Without a threshold, Otsu's (1979) is used, above the noise. Areas are on the ellipsoid, in hectares; those below the smallest area are left out. A measure to be checked on the images, not a legal finding.</source>
        <translation>Aligne la seconde image sur la première (corrélation de phase), harmonise leur radiométrie (pixels sans changement IR-MAD, Nielsen 2007, Canty &amp; Nielsen 2008), puis cherche les surfaces brûlées, les travaux ou toute différence de végétation (NDVI), de luminosité ou d’amplitude. Les nuages sont écartés. Sans seuil donné, celui d’Otsu (1979) est utilisé, au-dessus du bruit. Les surfaces sont calculées sur l’ellipsoïde, en hectares ; celles sous la surface minimale sont écartées. C’est une mesure à vérifier sur les images, pas un constat légal.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <location filename="../dinamis_qgis/gui/search/query/filters.py"/>
        <source>All</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>All accounts</source>
        <translation>Tous</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/filters.py"/>
        <source>All dates</source>
        <translation>Toutes les dates</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <source>All files</source>
        <translation>Tous les fichiers</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/detect.py"/>
        <source>All of it is seen on both images ({whole})</source>
        <translation>Toute la zone est visible sur les deux images ({whole})</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/places.py"/>
        <source>All of the layer “{name}”</source>
        <translation>Toute la couche « {name} »</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>All there</source>
        <translation>Toutes présentes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Already in the catalogue</source>
        <translation>Déjà au catalogue</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/new_entity.py"/>
        <source>Already in the register: {name}.</source>
        <translation>Déjà dans le registre : {name}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/review.py"/>
        <source>Already there</source>
        <translation>Catalogue</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/import_dialog.py"/>
        <source>Already there: {name}</source>
        <translation>Déjà présente : {name}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>An answer ready to be sent</source>
        <translation>Une réponse prête à envoyer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register/owner.py"/>
        <source>an API key</source>
        <translation>une clé d’API</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>An archive comes whole.</source>
        <translation>Une archive se télécharge entière.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>An existing image no older than this may serve instead of a new one</source>
        <translation>Une image existante pas plus ancienne peut remplacer une nouvelle image</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>and %n more</source>
        <translation><numerusform>et %n autre</numerusform><numerusform>et %n autres</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/exercises/results_dialog.py"/>
        <source>and %n more file(s).</source>
        <translation><numerusform>et %n autre fichier.</numerusform><numerusform>et %n autres fichiers.</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>and to the sign-in server that this service names: check its address when you sign in.</source>
        <translation>et avec le serveur de connexion que ce service désigne : vérifiez son adresse au moment de vous connecter.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/filters.py"/>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>Angle</source>
        <translation>Angle</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/mode_slider.py"/>
        <source>Angle of the line</source>
        <translation>Angle de la ligne</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Animation</source>
        <translation>Animation</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>Animation of the dates</source>
        <translation>Animation des dates</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Animation of the dates over the view</source>
        <translation>Animation des dates sur la vue de la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/other_folder.py"/>
        <source>Another folder for the downloads</source>
        <translation>Un autre dossier pour les téléchargements</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Another service…</source>
        <translation>Autre service…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>answers in {seconds} s</source>
        <translation>répond en {seconds} s</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>answers with error {status}</source>
        <translation>répond par l’erreur {status}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/filters.py"/>
        <location filename="../dinamis_qgis/gui/search/query/more_filters.py"/>
        <source>any</source>
        <translation>indifférent</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/result.py"/>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <source>Any change (magnitude)</source>
        <translation>Tout changement (amplitude)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/session.py"/>
        <source>API key</source>
        <translation>Clé d’API</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>API keys</source>
        <translation>Clés d’API</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>API keys…</source>
        <translation>Clés d’API…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Applicant</source>
        <translation>Demandeur</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/filters.py"/>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <source>Area</source>
        <translation>Emprise</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/export.py"/>
        <source>Area (ha)</source>
        <translation>Surface (ha)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/request.py"/>
        <source>Area (one polygon)</source>
        <translation>Emprise (un polygone)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/dossier_pdf.py"/>
        <source>Area asked for outlined in red · {crs} · north up</source>
        <translation>Emprise demandée en rouge · {crs} · nord en haut</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_tools.py"/>
        <source>Area from a file</source>
        <translation>Emprise depuis un fichier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channels/dossier.py"/>
        <source>Area in common: {area}</source>
        <translation>Emprise commune : {area}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/model.py"/>
        <source>area only</source>
        <translation>zone seule</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/places.py"/>
        <source>Area to take</source>
        <translation>Zone à télécharger</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>Area: follows the map</source>
        <translation>Emprise : suit la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>Area: what the map shows</source>
        <translation>Emprise : vue de la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Area: {area}.</source>
        <translation>Emprise : {area}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>Area: {name}</source>
        <translation>Emprise : {name}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_tools.py"/>
        <source>Areas</source>
        <translation>Emprises</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <source>As fits the view</source>
        <translation>Selon la vue</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/quota.py"/>
        <source>as known to this QGIS</source>
        <translation>selon les demandes connues de ce QGIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>As soon as possible: more cloud is accepted.</source>
        <translation>Au plus tôt ; davantage de nuages acceptés.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>Ascending</source>
        <translation>Croissant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>ascending</source>
        <translation>croissant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Ask for news of requests every</source>
        <translation>Actualiser les demandes toutes les</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/report.py"/>
        <source>Ask for the file that “Check my installation” saves.</source>
        <translation>Demandez le fichier qu’enregistre « Vérifier mon installation ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/mosaic.py"/>
        <location filename="../dinamis_qgis/core/delivery/rpc.py"/>
        <source>Ask for the product at level ORT.</source>
        <translation>Demandez le produit au niveau ORT.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/empty_states.py"/>
        <source>Ask the other catalogues too</source>
        <translation>Interroger aussi les autres catalogues</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>Ask the service for news</source>
        <translation>Actualiser depuis le service</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>Ask the service, personal data</source>
        <translation>Actualiser depuis le service, données personnelles</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/exercises/results.py"/>
        <source>Ask the trainee for the file that “Save my result…” has written.</source>
        <translation>Demandez au stagiaire le fichier écrit par « Enregistrer mon résultat… ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/exercises/read.py"/>
        <source>Ask the trainer who gave it to you for a new one.</source>
        <translation>Demandez-en un nouveau au formateur qui vous l’a remis.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/postgis.py"/>
        <source>Ask whoever runs it to add the PostGIS extension.</source>
        <translation>Demandez à son administrateur d’ajouter l’extension PostGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/postgis.py"/>
        <source>Ask whoever runs the database for the right to write in the register's schema.</source>
        <translation>Demandez à l’administrateur de la base le droit d’écrire dans le schéma du registre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/profile/read.py"/>
        <source>Ask your relay for a new one.</source>
        <translation>Demandez un nouveau fichier à votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Ask your relay for the licences your work needs.</source>
        <translation>Demandez à votre relais les licences dont vous avez besoin.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channel.py"/>
        <source>Ask your relay how to send one.</source>
        <translation>Demandez à votre relais comment en déposer une.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/statuses.py"/>
        <source>Ask your relay whether your account has this right.</source>
        <translation>Demandez à votre relais si votre compte a ce droit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/find.py"/>
        <source>Ask your relay, with the name of this delivery.</source>
        <translation>Demandez à votre relais, avec le nom de cette livraison.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/device.py"/>
        <location filename="../dinamis_qgis/core/tasking/channel.py"/>
        <source>Ask your relay.</source>
        <translation>Adressez-vous à votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Ask your relay: until then images cannot be opened.</source>
        <translation>Voyez avec votre relais : d’ici là, les images ne s’ouvrent pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Ask your relay: {contact}.</source>
        <translation>Adressez-vous à votre relais : {contact}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>Ask your relay: {name}, {email}.</source>
        <translation>Adressez-vous à votre relais : {name}, {email}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>Ask your relay: {name}.</source>
        <translation>Adressez-vous à votre relais : {name}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/widgets/product_text.py"/>
        <source>Ask {relay} for it.</source>
        <translation>Demandez-la à {relay}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <source>Asked for by others</source>
        <translation>Demandé par d’autres</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Asking the service for a code…</source>
        <translation>Demande d’un code au service…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/relay/administration.py"/>
        <location filename="../dinamis_qgis/gui/requests/draft/review.py"/>
        <source>Asking the service…</source>
        <translation>Consultation du service…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>Asks the service again</source>
        <translation>Interroge de nouveau le service</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Asks the service for your name, your body and your licences</source>
        <translation>Redemande au service votre nom, votre organisme et vos licences</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/submitrequest.py"/>
        <source>Asks the service of the profile for a new image over the one feature of a polygon layer. The rules of the service are checked first; the request is kept in the register and sent once, whatever happens to the network. Running it again with the same values after a failure settles and sends that same request.</source>
        <translation>Demande au service utilisé une nouvelle image sur l’unique objet d’une couche de polygones. Les règles du service sont d’abord contrôlées ; la demande est conservée dans le registre et envoyée une seule fois, quoi qu’il arrive au réseau. Après un échec, relancez avec les mêmes valeurs : la même demande est vérifiée, puis envoyée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Asks the service whether it has been accepted</source>
        <translation>Demande au service si elle a été acceptée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/deliver.py"/>
        <source>Assembling {name}…</source>
        <translation>Assemblage de {name}…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>Association</source>
        <translation>Association</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/edit_tool.py"/>
        <location filename="../dinamis_qgis/gui/area/shapes.py"/>
        <source>At least three corners are needed.</source>
        <translation>Il faut au moins trois sommets.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/shapes.py"/>
        <source>At least two points are needed.</source>
        <translation>Il faut au moins deux points.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/result.py"/>
        <source>at least {area}</source>
        <translation>au moins {area}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Authentication options</source>
        <translation>Options d’authentification</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <location filename="../dinamis_qgis/processing/comparisonsheet.py"/>
        <source>Author</source>
        <translation>Auteur</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/form.py"/>
        <source>Automatic</source>
        <translation>Automatique</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Back to all entities</source>
        <translation>Revenir à toutes les entités</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <source>Back to the list</source>
        <translation>Retour à la liste</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Back to the step before</source>
        <translation>Revenir à l’étape précédente</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/export.py"/>
        <source>Before (legal time)</source>
        <translation>Avant (heure légale)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/before_after.py"/>
        <source>Before / after here</source>
        <translation>Avant / après ici</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/menus.py"/>
        <source>Before / after here…</source>
        <translation>Avant / après ici…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Begin</source>
        <translation>Commencer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>Begin today</source>
        <translation>Commencer aujourd’hui</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Begin without saving</source>
        <translation>Commencer sans enregistrer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>Behind a company proxy, add its certificate authority in QGIS's authentication options.</source>
        <translation>Derrière un proxy d’entreprise, ajoutez son autorité de certification dans les options d’authentification de QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>Behind a company proxy, ask that it lets byte ranges through; else tell your relay.</source>
        <translation>Derrière un proxy d’entreprise, demandez qu’il laisse passer les requêtes partielles (« Range ») ; sinon, prévenez votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <source>Being prepared</source>
        <translation>Brouillon</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Being sent</source>
        <translation>Envoi en cours</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Blink</source>
        <translation>Clignotement</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>Body</source>
        <translation>Entité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/result.py"/>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <source>Brightness difference</source>
        <translation>Différence de luminosité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>Bring a new partner in, from its SIRET or its name</source>
        <translation>Faire adhérer un partenaire, à partir de son SIRET ou de son nom</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/accounts.py"/>
        <source>Bring the list up to date, then decide again.</source>
        <translation>Actualisez la liste, puis décidez à nouveau.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <source>Burnt area</source>
        <translation>Surface brûlée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/result.py"/>
        <source>Burnt area (civil protection)</source>
        <translation>Surface brûlée (sécurité civile)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/before_after.py"/>
        <source>But these did not answer: {names}.</source>
        <translation>Mais n’ont pas répondu : {names}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source>by a second click</source>
        <translation>par un second clic</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/run/worker.py"/>
        <source>By one or the other, as the catalogue can: {filters}.</source>
        <translation>Par l’un ou l’autre, selon le catalogue : {filters}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/run/worker.py"/>
        <source>By QGIS, on what the service sends: {filters}.</source>
        <translation>Traités par QGIS, sur ce que le service envoie : {filters}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>bytes</source>
        <translation>octets</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/before_after.py"/>
        <location filename="../dinamis_qgis/compare/change/panel.py"/>
        <location filename="../dinamis_qgis/compare/controls/progress_row.py"/>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <location filename="../dinamis_qgis/gui/search/query/query_bar.py"/>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Cancel the download</source>
        <translation>Annuler le téléchargement</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Cancel the request</source>
        <translation>Annuler la demande</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>Cancel “{title}” at the service?</source>
        <translation>Annuler « {title} » auprès du service ?</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>Cancelled</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Cancelled at your request</source>
        <translation>Annulée à votre demande</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Cancelled by the service</source>
        <translation>Annulée par le service</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>Cancelled.</source>
        <translation>Annulé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Cancelling…</source>
        <translation>Annulation…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/accounts.py"/>
        <source>Carry it out or give it up first.</source>
        <translation>Exécutez-la ou abandonnez-la d’abord.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>Carry them out</source>
        <translation>Les exécuter</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/relay/administration.py"/>
        <source>Carrying out the decisions…</source>
        <translation>Exécution des décisions…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/layers/tip.py"/>
        <location filename="../dinamis_qgis/gui/widgets/product_text.py"/>
        <source>Catalogue: {title}</source>
        <translation>Catalogue : {title}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/catalogues.py"/>
        <source>Catalogues</source>
        <translation>Catalogues</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/sheet.py"/>
        <source>Centre: {place}</source>
        <translation>Centre : {place}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/review.py"/>
        <source>Change</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channels/stapi.py"/>
        <source>Change it, or ask your relay.</source>
        <translation>Modifiez-la ou demandez à votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>Change one of them.</source>
        <translation>Modifiez l’un d’eux.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <source>Change the licences</source>
        <translation>Modifier les licences</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/sheet.py"/>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <location filename="../dinamis_qgis/processing/comparisonsheet.py"/>
        <source>Changed areas</source>
        <translation>Zones de changement</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/export.py"/>
        <source>Changed areas written to “{path}”.</source>
        <translation>Zones de changement écrites dans « {path} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/form.py"/>
        <source>Changed areas, largest first</source>
        <translation>Zones de changement, de la plus grande à la plus petite</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/conflict.py"/>
        <source>Changed by somebody else</source>
        <translation>Modifié par quelqu’un d’autre</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/mode_slider.py"/>
        <source>Changes a second</source>
        <translation>Changements par seconde</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <source>Changes between two images</source>
        <translation>Changements entre deux images</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Charter</source>
        <translation>Charte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Charter to be accepted</source>
        <translation>Charte à accepter</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>charter to be accepted</source>
        <translation>charte à accepter</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>Check</source>
        <translation>Vérifier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>Check again</source>
        <translation>Vérifier de nouveau</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/report.py"/>
        <source>Check again afterwards; we are here if it lasts.</source>
        <translation>Vérifiez ensuite de nouveau ; nous sommes là si cela dure.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/checkrequest.py"/>
        <source>Check an acquisition request</source>
        <translation>Contrôler une demande d’acquisition</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Check and send</source>
        <translation>Vérifier l’envoi</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/keys.py"/>
        <source>Check both parts, or create a new key on the service's site.</source>
        <translation>Vérifiez les deux parties ou créez une nouvelle clé sur le site du service.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_place.py"/>
        <source>Check its coordinate system.</source>
        <translation>Vérifiez son système de coordonnées.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>Check my installation</source>
        <translation>Vérifier mon installation</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Check my installation…</source>
        <translation>Vérifier mon installation…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>Check the address and the port of the service, and the proxy.</source>
        <translation>Vérifiez l’adresse et le port du service, ainsi que le proxy.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/postgis.py"/>
        <source>Check the connection in QGIS's data source manager, then try again.</source>
        <translation>Vérifiez la connexion dans le gestionnaire de sources de QGIS, puis réessayez.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/geometry/convert.py"/>
        <source>Check the coordinate system of its layer.</source>
        <translation>Vérifiez le système de coordonnées de sa couche.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Check the coordinate system of the layer the area comes from.</source>
        <translation>Vérifiez le système de coordonnées de la couche d’origine.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>Check the disk or choose another folder.</source>
        <translation>Vérifiez le disque ou choisissez un autre dossier.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>Check the network connection and the proxy.</source>
        <translation>Vérifiez la connexion au réseau et le proxy.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/clip/strips.py"/>
        <source>Check the network connection, then try again.</source>
        <translation>Vérifiez la connexion au réseau, puis réessayez.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>Check the proxy in QGIS's network options.</source>
        <translation>Vérifiez le proxy dans les options réseau de QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/archive.py"/>
        <source>Check where this archive comes from.</source>
        <translation>Vérifiez d’où vient cette archive.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/dim_values.py"/>
        <source>Check where this delivery comes from.</source>
        <translation>Vérifiez d’où vient cette livraison.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/rasters.py"/>
        <source>Check where this image comes from.</source>
        <translation>Vérifiez d’où vient cette image.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/review.py"/>
        <source>Check, then send</source>
        <translation>Vérifiez, puis envoyez</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Checking the key…</source>
        <translation>Vérification de la clé…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <source>Checking the rules…</source>
        <translation>Contrôle des règles…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>Checking…</source>
        <translation>Vérification en cours…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Choose a folder</source>
        <translation>Choisir un dossier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>Choose a folder.</source>
        <translation>Choisissez un dossier.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>Choose a key first</source>
        <translation>Choisissez d’abord une clé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/coregistration.py"/>
        <source>Choose a larger area, or compare them as they are.</source>
        <translation>Prenez une zone plus grande, ou comparez-les sans les recaler.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>Choose a need: the settings that suit it are proposed, change them as you like.</source>
        <translation>Choisissez un besoin : les réglages adaptés sont proposés, modifiez-les à votre gré.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_tools.py"/>
        <source>Choose a polygon layer in the layer panel, select a feature.</source>
        <translation>Choisissez une couche de polygones et sélectionnez un objet.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>Choose a product first.</source>
        <translation>Choisissez d’abord un produit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/actions.py"/>
        <source>Choose a product in the list first.</source>
        <translation>Choisissez d’abord un produit dans la liste.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Choose a product in the search and download it, whole or only your area; or open what the portal delivered.</source>
        <translation>Choisissez un produit dans la recherche et téléchargez-le, en entier ou seulement sur votre zone ; ou ouvrez une livraison du portail.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/grid.py"/>
        <source>Choose a smaller area, or a coarser pixel.</source>
        <translation>Prenez une zone plus petite ou un pixel plus grand.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>Choose accounts that the same can be done to.</source>
        <translation>Choisissez des comptes auxquels la même action peut s’appliquer.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/clip/window.py"/>
        <source>Choose another area, or the whole image.</source>
        <translation>Choisissez une autre zone, ou l’image entière.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/fetch.py"/>
        <source>Choose another area, or use a layer of your own.</source>
        <translation>Prenez une autre zone, ou une couche à vous.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/before_after.py"/>
        <source>Choose another day, or request an acquisition here.</source>
        <translation>Choisissez un autre jour ou demandez une acquisition ici.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/presets.py"/>
        <source>Choose another display.</source>
        <translation>Choisissez un autre affichage.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_file.py"/>
        <source>Choose another file.</source>
        <translation>Choisissez un autre fichier.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Choose another folder in the options.</source>
        <translation>Choisissez un autre dossier dans les options.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>Choose another folder, or close the file where it is open.</source>
        <translation>Choisissez un autre dossier ou fermez le fichier là où il est ouvert.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/fetch.py"/>
        <source>Choose another kind, or use a layer of your own.</source>
        <translation>Choisissez un autre type, ou une couche à vous.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/downloadproducts.py"/>
        <source>Choose another layer, or none.</source>
        <translation>Choisissez une autre couche, ou aucune.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/geometry/convert.py"/>
        <location filename="../dinamis_qgis/bridge/geometry/layer_area.py"/>
        <location filename="../dinamis_qgis/bridge/geometry/layer_features.py"/>
        <source>Choose another layer.</source>
        <translation>Choisissez une autre couche.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/relay/connections.py"/>
        <source>Choose another one in the options.</source>
        <translation>Choisissez-en une autre dans les options.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/register.py"/>
        <location filename="../dinamis_qgis/core/tasking/channels/stapi.py"/>
        <source>Choose another one.</source>
        <translation>Choisissez-en un autre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/store.py"/>
        <source>Choose another place for the register.</source>
        <translation>Choisissez un autre emplacement pour le registre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/profiles.py"/>
        <source>Choose another profile in the account panel.</source>
        <translation>Choisissez un autre service dans le menu du compte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/search.py"/>
        <source>Choose another profile in the options.</source>
        <translation>Choisissez un autre service dans le menu du compte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/endpoints.py"/>
        <source>Choose another profile.</source>
        <translation>Choisissez un autre service.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/grid.py"/>
        <location filename="../dinamis_qgis/core/elevation/profile_line.py"/>
        <source>Choose another source, or a layer of your own.</source>
        <translation>Choisissez une autre source, ou une couche à vous.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/video.py"/>
        <source>Choose GIF instead.</source>
        <translation>Choisissez plutôt le format GIF.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/compound.py"/>
        <source>Choose images of one area.</source>
        <translation>Choisissez des images d’un même secteur.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/compound.py"/>
        <source>Choose images of one kind.</source>
        <translation>Choisissez des images de même type.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/geometry/extent.py"/>
        <source>Choose one in the project's properties.</source>
        <translation>Choisissez-en un dans les propriétés du projet.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/find.py"/>
        <source>Choose the archive (.tar.gz, .zip) or the folder that the portal delivered.</source>
        <translation>Choisissez l’archive (.tar.gz, .zip) ou le dossier livré par le portail.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/archive.py"/>
        <source>Choose the archive or the folder that the portal delivered, or add the image with QGIS's own “Add raster layer”.</source>
        <translation>Choisissez l’archive ou le dossier livré par le portail, ou ajoutez l’image avec la commande de QGIS « Ajouter une couche raster ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/find.py"/>
        <source>Choose the folder of the deliveries.</source>
        <translation>Choisissez le dossier des livraisons.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/detect.py"/>
        <source>Choose the multispectral images, or the difference of brightness.</source>
        <translation>Choisissez les images multispectrales, ou la différence de luminosité.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/add.py"/>
        <source>Choose the products of the mosaic first.</source>
        <translation>Choisissez d’abord les produits de la mosaïque.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/surface_difference.py"/>
        <source>Choose two models of the same place.</source>
        <translation>Choisissez deux modèles du même endroit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/actions.py"/>
        <source>Choose two products in the list first.</source>
        <translation>Choisissez d’abord deux produits dans la liste.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/actions.py"/>
        <source>Choose two products to compare them.</source>
        <translation>Choisissez deux produits pour les comparer.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/exercises/own_project.py"/>
        <source>Choose “Service used…” in the account menu, then the training service.</source>
        <translation>Dans le menu du compte, choisissez « Service utilisé… », puis le service de formation.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/shapes.py"/>
        <source>Circle around a point</source>
        <translation>Cercle autour d’un point</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Civil protection</source>
        <translation>Sécurité civile</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/shapes.py"/>
        <source>Click along the line; right click ends. The width is set beside.</source>
        <translation>Cliquez le long de la ligne ; un clic droit termine. La largeur se règle à côté.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/shapes.py"/>
        <source>Click the centre, then the edge; or give the radius and click the centre.</source>
        <translation>Cliquez sur le centre, puis sur le bord ; ou indiquez le rayon et cliquez sur le centre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/shapes.py"/>
        <source>Click the corners of the area on the map.</source>
        <translation>Cliquez sur la carte pour placer les sommets de l’emprise.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/shapes.py"/>
        <source>Click the edge too, or give the radius.</source>
        <translation>Cliquez aussi sur le bord ou indiquez le rayon.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/shapes.py"/>
        <source>Click the opposite corner too.</source>
        <translation>Cliquez aussi sur le coin opposé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/shapes.py"/>
        <source>Click two opposite corners on the map.</source>
        <translation>Cliquez sur deux coins opposés sur la carte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/engine.py"/>
        <source>Clips cannot be made here.</source>
        <translation>La découpe n’est pas possible ici.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Clock of this computer</source>
        <translation>Horloge de cet ordinateur</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <location filename="../dinamis_qgis/gui/support.py"/>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Close the exercises; the project before comes back</source>
        <translation>Fermer les exercices ; le projet d’avant revient</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/plan_bar.py"/>
        <source>Close the plan</source>
        <translation>Fermer le plan</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/filters.py"/>
        <location filename="../dinamis_qgis/core/catalogue/order.py"/>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>Cloud cover</source>
        <translation>Couverture nuageuse</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>cloud cover</source>
        <translation>couverture nuageuse</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/request.py"/>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Cloud cover at most (%)</source>
        <translation>Couverture nuageuse maximale (%)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>Cloud cover: the service promises {limit} % at best.</source>
        <translation>Nuages : le service ne s’engage pas en dessous de {limit} %.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/widgets/product_text.py"/>
        <source>Cloud cover: {value}</source>
        <translation>Couverture nuageuse : {value}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/deliver.py"/>
        <location filename="../dinamis_qgis/gui/search/query/filters.py"/>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>Clouds</source>
        <translation>Nuages</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/local_file.py"/>
        <source>clouds</source>
        <translation>nuages</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>Clouds decide: give a period.</source>
        <translation>La météo décide : indiquez une période.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/metadata.py"/>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>clouds {percent} %</source>
        <translation>nuages {percent} %</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>clouds –</source>
        <translation>nuages –</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/filters.py"/>
        <source>Collection</source>
        <translation>Collection</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Collections, separated by commas (empty: all)</source>
        <translation>Collections, séparées par des virgules (vide : toutes)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/style.py"/>
        <source>Colours {metres} m</source>
        <translation>Couleurs {metres} m</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/style.py"/>
        <source>Colours {metres} m (pansharpened)</source>
        <translation>Couleurs {metres} m (fusion)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/detect.py"/>
        <source>Common ground…</source>
        <translation>Recherche de la partie commune…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>Communauté de communes</source>
        <translation>Communauté de communes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>Communauté d’agglomération</source>
        <translation>Communauté d’agglomération</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>Commune</source>
        <translation>Commune</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/before_after.py"/>
        <location filename="../dinamis_qgis/gui/search/chosen/card_menu.py"/>
        <location filename="../dinamis_qgis/gui/search/results/bars.py"/>
        <source>Compare</source>
        <translation>Comparer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/register.py"/>
        <source>Compare both values, then keep one.</source>
        <translation>Comparez les deux valeurs, puis gardez-en une.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/menus.py"/>
        <source>Compare the two images</source>
        <translation>Comparer les deux images</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/bars.py"/>
        <source>Compare two products with a line to drag across the map</source>
        <translation>Comparer deux produits avec une ligne à déplacer sur la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Comparison</source>
        <translation>Comparaison</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>comparison</source>
        <translation>comparaison</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <location filename="../dinamis_qgis/processing/comparisonsheet.py"/>
        <source>Comparison sheet</source>
        <translation>Fiche comparative</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Comparison sheet (PDF, PNG, layout)</source>
        <translation>Fiche comparative (PDF, PNG, mise en page)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/sheet.py"/>
        <location filename="../dinamis_qgis/processing/comparisonsheet.py"/>
        <source>Comparison: {first} and {second}</source>
        <translation>Comparaison : {first} et {second}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/surface_difference.py"/>
        <source>Computing the difference…</source>
        <translation>Calcul de la différence…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/alignment.py"/>
        <source>Confidence (0 to 1)</source>
        <translation>Confiance (de 0 à 1)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Confirmed by {account}: it does not leave in your name unless you review it and confirm it.</source>
        <translation>Confirmée par {account} : elle ne part pas en votre nom, sauf si vous la vérifiez et la confirmez.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Confirmed while nobody was signed in: it leaves once you confirm it.</source>
        <translation>Confirmée sans compte connecté : elle partira quand vous l’aurez confirmée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/filters.py"/>
        <source>Constellation</source>
        <translation>Constellation</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>contact person of the body</source>
        <translation>référent de l’entité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>Coordinates and DFCI grid (rescue services)</source>
        <translation>Coordonnées et carroyage DFCI (secours)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/widgets/widgets.py"/>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <location filename="../dinamis_qgis/gui/support.py"/>
        <location filename="../dinamis_qgis/gui/widgets/widgets.py"/>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/card_menu.py"/>
        <source>Copy a link for a colleague</source>
        <translation>Copier un lien pour un collègue</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Copy the code</source>
        <translation>Copier le code</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/card_menu.py"/>
        <source>Copy the identifier</source>
        <translation>Copier l’identifiant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>Copy: {what}</source>
        <translation>Copier : {what}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/project/handover.py"/>
        <source>Copying {name}…</source>
        <translation>Copie de {name}…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/shift_row.py"/>
        <source>Corrects the shift in this comparison only; the layers stay as they are.</source>
        <translation>Corrige le décalage dans cette comparaison seulement ; les couches restent telles quelles.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/shapes.py"/>
        <source>Corridor along a line</source>
        <translation>Couloir le long d’une ligne</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/filters.py"/>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>Coverage</source>
        <translation>Couverture</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>Coverage plan</source>
        <translation>Plan de couverture</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>Coverage plan: the fewest scenes that cover the area best, and what they leave out</source>
        <translation>Plan de couverture : le moins de scènes pour couvrir au mieux l’emprise, et ce qu’elles laissent de côté</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>Create a key</source>
        <translation>Créer une clé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>Create the account</source>
        <translation>Créer le compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>Created</source>
        <translation>Créée le</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/export.py"/>
        <source>Credit</source>
        <translation>Mention obligatoire</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/project/handover.py"/>
        <source>Credit to be shown: {credit}</source>
        <translation>Mention à afficher : {credit}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>CSV for a spreadsheet</source>
        <translation>CSV pour tableur</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Cut at the antimeridian</source>
        <translation>Couper à l’antiméridien</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/catalogues.py"/>
        <source>Data of {provider}</source>
        <translation>Données : {provider}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/widgets/product_text.py"/>
        <source>data of {provider}</source>
        <translation>données : {provider}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/order.py"/>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/widgets/product_text.py"/>
        <source>Date unknown</source>
        <translation>Date inconnue</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/animation.py"/>
        <source>Date {number} of {count}</source>
        <translation>Date {number} sur {count}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>Dates</source>
        <translation>Dates</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/step_dialog.py"/>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/before_after.py"/>
        <source>Day of the event</source>
        <translation>Jour de l’événement</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>Decide…</source>
        <translation>Décider…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/findings.py"/>
        <source>decimal separator: .</source>
        <translation>séparateur décimal : ,</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_place.py"/>
        <source>degrees (WGS 84, EPSG:4326)</source>
        <translation>degrés (WGS 84, EPSG:4326)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <location filename="../dinamis_qgis/gui/search/query/saved_menu.py"/>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/downloads/removal.py"/>
        <source>Delete %n product(s) from the disk? {size} will be free again.</source>
        <translation><numerusform>Supprimer %n produit du disque ? {size} seront libérés.</numerusform><numerusform>Supprimer %n produits du disque ? {size} seront libérés.</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/removal.py"/>
        <source>Delete ({size})</source>
        <translation>Supprimer ({size})</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/removal.py"/>
        <source>Delete from the disk</source>
        <translation>Supprimer du disque</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Delete from the disk…</source>
        <translation>Supprimer du disque…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Delete this entity</source>
        <translation>Supprimer cette entité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Delivered</source>
        <translation>Livrée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <source>Deliveries</source>
        <translation>Livraisons</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/opendelivery.py"/>
        <source>Delivery (archive, folder, or DIM file)</source>
        <translation>Livraison (archive, dossier ou fichier DIM)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>Descending</source>
        <translation>Décroissant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>descending</source>
        <translation>décroissant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/bars.py"/>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/panel.py"/>
        <source>Detect</source>
        <translation>Détecter</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/before_after.py"/>
        <source>Did not answer: {names}. Better images of this place may be there.</source>
        <translation>Sans réponse : {names}. De meilleures images de ce lieu s’y trouvent peut-être.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/archive_view.py"/>
        <source>Did not answer: {names}; there may be more.</source>
        <translation>Sans réponse : {names} ; il peut y en avoir d’autres.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/elevation/styles.py"/>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Difference of height</source>
        <translation>Différence d’altitude</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <source>DINAMIS accounts: %n request(s)</source>
        <translation><numerusform>Comptes DINAMIS : %n demande</numerusform><numerusform>Comptes DINAMIS : %n demandes</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/export.py"/>
        <source>DINAMIS footprints</source>
        <translation>Emprises DINAMIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/locator.py"/>
        <location filename="../dinamis_qgis/plugin.py"/>
        <source>DINAMIS imagery</source>
        <translation>Imagerie DINAMIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/project/handover.py"/>
        <source>DINAMIS images</source>
        <translation>Images DINAMIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/context.py"/>
        <source>DINAMIS in QGIS</source>
        <translation>DINAMIS dans QGIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <location filename="../dinamis_qgis/gui/support.py"/>
        <source>DINAMIS in QGIS: support report (paste it here)</source>
        <translation>DINAMIS dans QGIS : rapport d’assistance (à coller ici)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/local_catalogue/record.py"/>
        <source>DINAMIS products taken home</source>
        <translation>Produits DINAMIS téléchargés</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/documents.py"/>
        <source>DINAMIS: agreement to be signed – {entity}</source>
        <translation>DINAMIS : avenant à signer – {entity}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>DINAMIS: charter to be accepted for my account</source>
        <translation>DINAMIS : charte à accepter pour mon compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>DINAMIS: one acquisition for several needs</source>
        <translation>DINAMIS : une acquisition pour plusieurs besoins</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/dock.py"/>
        <source>DINAMIS: search, my products, requests</source>
        <translation>DINAMIS : recherche, mes produits, demandes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Disk: {purpose}</source>
        <translation>Disque : {purpose}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/profile_line.py"/>
        <source>Distance (m)</source>
        <translation>Distance (m)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Do it for me</source>
        <translation>Le faire pour moi</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>Do it to %n account(s)</source>
        <translation><numerusform>Appliquer à %n compte</numerusform><numerusform>Appliquer à %n comptes</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Do not import</source>
        <translation>Ne pas importer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/exercises/actions.py"/>
        <source>Do the steps before it first, or go back one step.</source>
        <translation>Faites d’abord les étapes précédentes, ou revenez d’une étape.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/results_dialog.py"/>
        <source>Done for them</source>
        <translation>Faites à leur place</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Done for you. Look at what has changed, then check.</source>
        <translation>C’est fait pour vous. Regardez ce qui a changé, puis vérifiez.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>Done: {action}</source>
        <translation>Fait : {action}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>Dossiers and areas</source>
        <translation>Dossiers et zones</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>Download</source>
        <translation>Télécharger</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Download earlier</source>
        <translation>Télécharger plus tôt</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Download folder</source>
        <translation>Dossier des téléchargements</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/requests/draft/archive_view.py"/>
        <source>Download instead (%n image(s), {share} %)…</source>
        <translation><numerusform>Télécharger plutôt (%n image, {share} %)…</numerusform><numerusform>Télécharger plutôt (%n images, {share} %)…</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/archive.py"/>
        <source>Download it again, then open it.</source>
        <translation>Téléchargez-la de nouveau, puis ouvrez-la.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/local_file.py"/>
        <source>Download it again.</source>
        <translation>Téléchargez-le de nouveau.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Download later</source>
        <translation>Télécharger plus tard</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/xml.py"/>
        <source>Download or ask for the delivery again.</source>
        <translation>Téléchargez de nouveau la livraison ou redemandez-la.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/dim.py"/>
        <location filename="../dinamis_qgis/core/delivery/find.py"/>
        <location filename="../dinamis_qgis/core/delivery/mosaic.py"/>
        <source>Download or unpack the delivery again, all its volumes.</source>
        <translation>Téléchargez ou décompressez de nouveau la livraison, avec tous ses volumes.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/mosaic.py"/>
        <location filename="../dinamis_qgis/core/delivery/vrt.py"/>
        <source>Download or unpack the delivery again.</source>
        <translation>Téléchargez ou décompressez de nouveau la livraison.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/downloadproducts.py"/>
        <source>Download products</source>
        <translation>Télécharger des produits</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>Download the area</source>
        <translation>Télécharger la zone</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/bars.py"/>
        <source>Download the chosen products, whole or only what the map shows</source>
        <translation>Télécharger les produits choisis, entiers ou découpés à la vue de la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/activity.py"/>
        <source>Downloaded km²</source>
        <translation>km² téléchargés</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/activity.py"/>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>Downloads</source>
        <translation>Téléchargements</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/support.py"/>
        <source>downloads</source>
        <translation>téléchargements</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/overview.py"/>
        <source>Downloads go on by themselves once the service answers; what was fetched is kept.</source>
        <translation>Les téléchargements reprendront d’eux-mêmes dès que le service répondra ; ce qui a été reçu est conservé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>Downloads per month</source>
        <translation>Téléchargements par mois</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>Downloads per month: {counts}</source>
        <translation>Téléchargements par mois : {counts}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/downloadproducts.py"/>
        <source>Downloads the files of the products found by “Search products” into a folder, one folder a product with a STAC item beside the files. With polygons to clip by, only their area is read, at native resolution. Run again after a stop, it goes on where it stopped; what is there and right is not fetched again.</source>
        <translation>Télécharge les fichiers des produits trouvés par « Rechercher des produits » dans un dossier, un sous-dossier par produit avec une fiche STAC à côté des fichiers. Avec des polygones de découpe, seule leur zone est lue, à la résolution native. Relancé après un arrêt, le téléchargement reprend où il en était ; ce qui est déjà là et juste n’est pas repris.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/card_menu.py"/>
        <location filename="../dinamis_qgis/gui/search/results/bars.py"/>
        <location filename="../dinamis_qgis/gui/search/results/delegate.py"/>
        <source>Download…</source>
        <translation>Télécharger…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Draft</source>
        <translation>Brouillon</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Drafts</source>
        <translation>Brouillons</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/edit_tool.py"/>
        <source>Drag a corner; drag a small cross to add one; Delete takes the chosen one away; Enter ends.</source>
        <translation>Déplacez un sommet ; déplacez une petite croix pour en ajouter un ; Suppr ôte le sommet choisi ; Entrée termine.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/timeline.py"/>
        <source>Drag to choose a period; double click for all dates. Keyboard: arrows, Shift for several, Space, Esc.</source>
        <translation>Faites glisser pour choisir une période ; double-cliquez pour toutes les dates. Clavier : flèches, Maj pour plusieurs, Espace, Échap.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source>Draw</source>
        <translation>Dessiner</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/profile_plot.py"/>
        <source>Draw a line on the map: its profile appears here.</source>
        <translation>Tracez une ligne sur la carte : son profil s’affiche ici.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>Draw a polygon</source>
        <translation>Dessiner un polygone</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <source>Draw a profile</source>
        <translation>Tracer un profil</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>Draw a rectangle</source>
        <translation>Dessiner un rectangle</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Draw an area and ask for a new acquisition</source>
        <translation>Dessiner une emprise et demander une nouvelle acquisition</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/grid.py"/>
        <source>Draw it again, or move the map.</source>
        <translation>Redessinez-la, ou déplacez la carte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Draw it again.</source>
        <translation>Redessinez-la.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channels/dossier.py"/>
        <location filename="../dinamis_qgis/core/tasking/channels/stapi.py"/>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Draw it on the map, or take the selected feature.</source>
        <translation>Dessinez-la sur la carte ou prenez l’objet sélectionné.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/profile_line.py"/>
        <source>Draw it with at least two points.</source>
        <translation>Tracez-la avec au moins deux points.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/places.py"/>
        <source>Draw on the map…</source>
        <translation>Dessiner sur la carte…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <source>Draw the area first.</source>
        <translation>Dessinez d’abord l’emprise.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source>Draw the chosen shape on the map</source>
        <translation>Dessiner la forme choisie sur la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>drawn polygon</source>
        <translation>polygone dessiné</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>drawn rectangle</source>
        <translation>rectangle dessiné</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/results_dialog.py"/>
        <source>Drop the trainees’ result files here.</source>
        <translation>Déposez ici les fichiers de résultat des stagiaires.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Duplicate</source>
        <translation>Dupliquer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>Département</source>
        <translation>Département</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>E-mail</source>
        <translation>Courriel</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>E-mail of the referent</source>
        <translation>Courriel du référent</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>Each date is shown for</source>
        <translation>Durée d’affichage de chaque date</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Earlier date ({keys})</source>
        <translation>Date précédente ({keys})</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/alignment.py"/>
        <source>East {east} m, north {north} m, confidence {percent} %</source>
        <translation>Est {east} m, nord {north} m, confiance {percent} %</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Eligibility checked</source>
        <translation>Éligibilité vérifiée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <source>Eligible</source>
        <translation>Éligible</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Empty the cache</source>
        <translation>Vider le cache</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>End the comparison (Esc)</source>
        <translation>Terminer la comparaison (Échap)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Ended</source>
        <translation>Terminées</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/keys.py"/>
        <source>Enter another one: the download then goes on.</source>
        <translation>Saisissez-en une autre : le téléchargement reprendra.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Enter it at the service</source>
        <translation>Saisir l’entité auprès du service</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Enter the key…</source>
        <translation>Saisir la clé…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <location filename="../dinamis_qgis/core/net/statuses.py"/>
        <source>Enter them in QGIS's network options.</source>
        <translation>Saisissez-les dans les options réseau de QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/keys.py"/>
        <source>Enter your key: the download then goes on.</source>
        <translation>Saisissez votre clé : le téléchargement reprendra.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/relay/administration.py"/>
        <source>Entering the entity…</source>
        <translation>Saisie de l’entité…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/panel.py"/>
        <source>Entities</source>
        <translation>Entités</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/activity.py"/>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/import_dialog.py"/>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Entity</source>
        <translation>Entité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Entity entered</source>
        <translation>Entité saisie</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>Everything that could be checked is in order.</source>
        <translation>Tout ce qui a pu être vérifié est en ordre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>Example: works on the ring road</source>
        <translation>Exemple : travaux de la rocade</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Exchange them</source>
        <translation>Les échanger</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Exclude 127.0.0.1 from the proxy, and from what your antivirus filters.</source>
        <translation>Excluez 127.0.0.1 du proxy et de ce que filtre votre antivirus.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/results_dialog.py"/>
        <source>Exercise</source>
        <translation>Exercice</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Exercises</source>
        <translation>Exercices</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/exercises/own_project.py"/>
        <source>Exercises are made with the training service.</source>
        <translation>Les exercices se font avec le service de formation.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Expired</source>
        <translation>Expirée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>Export (CSV)…</source>
        <translation>Exporter (CSV)…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/form.py"/>
        <source>Export (GeoPackage)…</source>
        <translation>Exporter (GeoPackage)…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/results_dialog.py"/>
        <source>Export as CSV…</source>
        <translation>Exporter en CSV…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>Export the activity</source>
        <translation>Exporter l’activité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/panel.py"/>
        <source>Export the changed areas</source>
        <translation>Exporter les zones de changement</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/export.py"/>
        <source>Export the footprints</source>
        <translation>Exporter les emprises</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>Export the footprints…</source>
        <translation>Exporter les emprises…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>Export the list</source>
        <translation>Exporter la liste</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Export the list (GeoPackage, GeoJSON, CSV)…</source>
        <translation>Exporter la liste (GeoPackage, GeoJSON, CSV)…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <source>Export the profile</source>
        <translation>Exporter le profil</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>Export what concerns one person</source>
        <translation>Exporter ce qui concerne une personne</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>Export what concerns one person…</source>
        <translation>Exporter ce qui concerne une personne…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>Extend to {days} days</source>
        <translation>Porter à {days} jours</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Extent</source>
        <translation>Emprise</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/pairwise.py"/>
        <source>Extent (default: what both cover)</source>
        <translation>Emprise (par défaut : la partie commune)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <source>Fetch the heights of the view</source>
        <translation>Récupérer le relief de la vue</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <source>Fetches the ground, the surface, or what stands on the ground (houses, trees), from the sources that the profile names, first the finest one; where it knows nothing, the next. The result is a GeoTIFF in metres with overviews. Run again after a stop, it goes on where it stopped.</source>
        <translation>Récupère le terrain, la surface, ou ce qui dépasse du sol (bâtiments, arbres), auprès des sources du profil : la plus fine d’abord, et là où elle n’a rien, la suivante. Le résultat est un GeoTIFF en mètres, avec aperçus. Relancé après un arrêt, le traitement reprend où il s’était arrêté.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/fetch.py"/>
        <source>Fetching heights…</source>
        <translation>Récupération du relief…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Few clouds; the angle matters less.</source>
        <translation>Peu de nuages ; l’angle compte moins.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/step_dialog.py"/>
        <source>File (its name and hash are kept)</source>
        <translation>Fichier (nom et empreinte sont conservés)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>File (PDF; PNG beside it)</source>
        <translation>Fichier (PDF, avec un PNG à côté)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/downloadproducts.py"/>
        <source>Files (JSON list)</source>
        <translation>Fichiers (liste JSON)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/files_list.py"/>
        <source>Files to take</source>
        <translation>Fichiers à prendre</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/downloadproducts.py"/>
        <source>Files, separated by commas (empty: the imagery)</source>
        <translation>Fichiers, séparés par des virgules (vide : l’imagerie)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Fill ({change})</source>
        <translation>Combler ({change})</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>Fill in the fields by hand.</source>
        <translation>Remplissez les champs à la main.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Fill them.</source>
        <translation>Comblez-les.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/line.py"/>
        <source>Filter my products</source>
        <translation>Filtrer mes produits</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/line.py"/>
        <source>Filter: date, satellite, name…</source>
        <translation>Filtrer : date, satellite, nom…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/query_bar.py"/>
        <source>Filters</source>
        <translation>Filtres</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/query_bar.py"/>
        <source>Filters ({count})</source>
        <translation>Filtres ({count})</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>Find an account</source>
        <translation>Trouver un compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>Find an entity</source>
        <translation>Trouver une entité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Finds the satellite products that cover an extent, in every catalogue of the profile, and writes their footprints with date, satellite, cloud cover (%), incidence angle (°), share of the extent covered (0 to 1), licence and files. Unknown values are NULL; a product whose cloud cover or angle is unknown is kept.</source>
        <translation>Cherche dans tous les catalogues du service les produits satellite qui couvrent une emprise, et écrit leurs contours avec la date, le satellite, la couverture nuageuse (%), l’angle d’incidence (°), la part de l’emprise couverte (de 0 à 1), la licence et les fichiers. Les valeurs inconnues sont NULL ; un produit dont la couverture nuageuse ou l’angle est inconnu est gardé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Fine detail near the vertical, soon after the works.</source>
        <translation>Détail fin, près de la verticale, peu après les travaux.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Fine detail over a few weeks.</source>
        <translation>Détail fin, sur quelques semaines.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Fine detail, and buildings that lean little.</source>
        <translation>Détail fin et bâtiments peu inclinés.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>First day</source>
        <translation>Premier jour</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/pairwise.py"/>
        <source>First image (reference)</source>
        <translation>Première image (référence)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>First surface model (before)</source>
        <translation>Premier modèle de surface (avant)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <location filename="../dinamis_qgis/processing/downloadproducts.py"/>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <location filename="../dinamis_qgis/processing/opendelivery.py"/>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>Folder for downloaded products</source>
        <translation>Dossier des produits téléchargés</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Folder of the agreement</source>
        <translation>Dossier de l’avenant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Folder to hand over</source>
        <translation>Dossier à transmettre</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/shared_view.py"/>
        <source>Follow it, and tell your relay that you need its image too; nothing is ordered</source>
        <translation>La suivre et dire à votre relais que vous avez aussi besoin de son image ; rien n’est commandé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>Follow the map</source>
        <translation>Suivre la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>Follows the map</source>
        <translation>Suit la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>For instance {folder}</source>
        <translation>Par exemple {folder}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>For relays (super référents): partners, accounts, activity. Shown by itself where the service knows the role.</source>
        <translation>Pour les relais (super référents) : partenaires, comptes, activité. S’affiche de lui-même quand le service connaît ce rôle.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>For trainers: the trainees’ result files as one table</source>
        <translation>Pour les formateurs : les résultats des stagiaires en un tableau</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Forest</source>
        <translation>Forêt</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <source>Forget this key</source>
        <translation>Oublier cette clé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>Found</source>
        <translation>Trouvé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/profiles.py"/>
        <location filename="../dinamis_qgis/core/transfer/queue.py"/>
        <source>Free some space on the disk of your QGIS profile, then try again.</source>
        <translation>Libérez de la place sur le disque de votre profil QGIS, puis réessayez.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>Free some space or choose another folder, then try again: what was fetched is kept.</source>
        <translation>Libérez de la place ou choisissez un autre dossier, puis réessayez : ce qui est déjà reçu est conservé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/fetch.py"/>
        <source>Free some space, choose a smaller area, or another folder.</source>
        <translation>Libérez de la place, prenez une zone plus petite ou un autre dossier.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Free some space: a scene takes one to four gigabytes.</source>
        <translation>Libérez de la place : une scène prend de un à quatre gigaoctets.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Free space where downloads go: {folder}</source>
        <translation>Place libre dans le dossier des téléchargements : {folder}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <location filename="../dinamis_qgis/gui/search/query/filters.py"/>
        <location filename="../dinamis_qgis/processing/request.py"/>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>From</source>
        <translation>Du</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <source>From QGIS 3.26 on; here the relief is shaded over the image.</source>
        <translation>À partir de QGIS 3.26 ; ici, le relief est ombré sur l’image.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source>From…</source>
        <translation>Depuis…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Function</source>
        <translation>Fonction</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Function of the referent</source>
        <translation>Fonction du référent</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Gained (m³)</source>
        <translation>Gagné (m³)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>GB</source>
        <translation>Go</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>GDAL cannot read from 127.0.0.1.</source>
        <translation>GDAL ne peut pas lire sur 127.0.0.1.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>GDAL reads by ranges</source>
        <translation>GDAL lit par plages</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/scene.py"/>
        <source>Georeference it first.</source>
        <translation>Géoréférencez-la d’abord.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <source>Get a key from {title}</source>
        <translation>Obtenir une clé : {title}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Get a new code</source>
        <translation>Obtenir un nouveau code</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>GIF image (opens everywhere)</source>
        <translation>Image GIF (s’ouvre partout)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>GIP</source>
        <translation>GIP</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_file.py"/>
        <source>Give a GeoPackage, a zipped Shapefile, GeoJSON or KML.</source>
        <translation>Indiquez un GeoPackage, un Shapefile zippé, un GeoJSON ou un KML.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/request.py"/>
        <source>Give a layer of polygons.</source>
        <translation>Indiquez une couche de polygones.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>Give a SIREN (9 digits), a SIRET (14 digits) or a name.</source>
        <translation>Donnez un SIREN (9 chiffres), un SIRET (14 chiffres) ou un nom.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>Give a user name without spaces.</source>
        <translation>Donnez un identifiant sans espace.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <source>Give an extent, or polygons.</source>
        <translation>Donnez une emprise ou des polygones.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channel.py"/>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>Give the first and the last day.</source>
        <translation>Indiquez le premier et le dernier jour.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/scene.py"/>
        <source>Give the layer its coordinate system first.</source>
        <translation>Indiquez d’abord le système de coordonnées de la couche.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Give up these downloads? {size} already fetched will be deleted.</source>
        <translation>Abandonner ces téléchargements ? {size} déjà reçus seront supprimés.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Given to the satellite</source>
        <translation>Transmise au satellite</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/accounts.py"/>
        <source>Given up.</source>
        <translation>Abandonnée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/overview.py"/>
        <source>Go on with all</source>
        <translation>Tout reprendre</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Go on writing</source>
        <translation>Continuer la saisie</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <location filename="../dinamis_qgis/core/relay/documents.py"/>
        <location filename="../dinamis_qgis/core/support/report.py"/>
        <location filename="../dinamis_qgis/core/tasking/channels/dossier.py"/>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>Good morning,</source>
        <translation>Bonjour,</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/elevation/relief.py"/>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <source>Ground</source>
        <translation>Terrain</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>Group by pass</source>
        <translation>Regrouper par passage</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Guided exercises</source>
        <translation>Exercices guidés</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Guided exercises…</source>
        <translation>Exercices guidés…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Handed to the BE</source>
        <translation>Transmis au BE</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/panel.py"/>
        <source>hatched: not seen</source>
        <translation>hachuré : non vu</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/elevation/relief.py"/>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <source>Height above the ground</source>
        <translation>Hauteur au-dessus du sol</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <source>Height system</source>
        <translation>Système d’altitude</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <source>Heights</source>
        <translation>Relief</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <source>Heights are drawn so many times as high</source>
        <translation>Les altitudes sont multipliées d’autant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <source>Heights of an area</source>
        <translation>Relief d’une zone</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/elevation/relief.py"/>
        <source>heights {system}</source>
        <translation>altitudes {system}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>held by the account</source>
        <translation>détenue par le compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/results_dialog.py"/>
        <source>Hints</source>
        <translation>Indices</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/checkrequest.py"/>
        <source>Holds a request for a new image against the rules of the profile (area, period, clouds, angle, quota) and against what the service says it takes. Nothing is sent or kept. RESULTS is a JSON list: code, level (ok, warning, error), text, remedy.</source>
        <translation>Contrôle une demande de nouvelle image d’après les règles du service (emprise, période, nuages, angle, quota) et ce que le service dit accepter. Rien n’est envoyé ni conservé. RESULTS est une liste JSON : code, niveau (ok, warning, error), texte, remède.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Horizontal swipe</source>
        <translation>Volet horizontal</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>How old an image may be</source>
        <translation>Ancienneté acceptée d’une image</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>I have an API key</source>
        <translation>J’ai une clé d’API</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>I have copied it</source>
        <translation>Je l’ai copiée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/review.py"/>
        <source>I have read this licence and accept it</source>
        <translation>J’ai lu cette licence et je l’accepte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/submitrequest.py"/>
        <source>Identifier of the request</source>
        <translation>Identifiant de la demande</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>Image 1</source>
        <translation>Image 1</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>Image 2</source>
        <translation>Image 2</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>Image {number}: {credit}</source>
        <translation>Image {number} : {credit}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Imagery cache on disk</source>
        <translation>Cache d’images sur le disque</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/opendelivery.py"/>
        <source>Images (JSON list)</source>
        <translation>Images (liste JSON)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>Images 1 and 2: {credit}</source>
        <translation>Images 1 et 2 : {credit}</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/import_dialog.py"/>
        <source>Import %n line(s)</source>
        <translation><numerusform>Importer %n ligne</numerusform><numerusform>Importer %n lignes</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/import_dialog.py"/>
        <source>Import a list of entities</source>
        <translation>Importer une liste d’entités</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>Import a list, show on the map, ask the service</source>
        <translation>Importer une liste, afficher sur la carte, actualiser depuis le service</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>Import a list…</source>
        <translation>Importer une liste…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Import a relay’s file…</source>
        <translation>Importer le fichier d’un relais…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Import it again.</source>
        <translation>Importez-le de nouveau.</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/requests/sent/by_hand.py"/>
        <source>in %n day(s)</source>
        <translation><numerusform>dans %n jour</numerusform><numerusform>dans %n jours</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <location filename="../dinamis_qgis/gui/requests/draft/findings.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>In order</source>
        <translation>Conforme</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>In production</source>
        <translation>En production</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>In progress</source>
        <translation>En cours</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>in QGIS’s authentication database</source>
        <translation>dans la base d’authentification de QGIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>in the keyring of this computer</source>
        <translation>dans le trousseau de cet ordinateur</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>In the season of leaves and crops, with the sun high.</source>
        <translation>À la saison des feuilles et des cultures, soleil haut.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/filters.py"/>
        <location filename="../dinamis_qgis/core/catalogue/order.py"/>
        <source>Incidence</source>
        <translation>Incidence</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>Incidence angle</source>
        <translation>Angle d’incidence</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>incidence angle</source>
        <translation>angle d’incidence</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/request.py"/>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Incidence angle at most (°)</source>
        <translation>Angle d’incidence maximal (°)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>Incidence angle: {limit}° at most.</source>
        <translation>Angle d’incidence : {limit}° au plus.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/widgets/product_text.py"/>
        <source>Incidence angle: {value}</source>
        <translation>Angle d’incidence : {value}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/metadata.py"/>
        <source>incidence {degrees}°</source>
        <translation>incidence {degrees}°</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/quota.py"/>
        <source>Indicative cost beyond the quota: about {cost} €.</source>
        <translation>Coût indicatif au-delà du quota : environ {cost} €.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/libraries.py"/>
        <source>Install it, then restart QGIS: {command}</source>
        <translation>Installez-la, puis redémarrez QGIS : {command}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>Install PySocks in QGIS's Python, or set an HTTP proxy in QGIS's network options.</source>
        <translation>Installez PySocks dans le Python de QGIS, ou indiquez un proxy HTTP dans les options réseau de QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Install the plugin again from its zip; if it lasts, write to your relay.</source>
        <translation>Réinstallez l’extension depuis son zip ; si cela dure, écrivez à votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channels/dossier.py"/>
        <source>Interest in the acquisition request {id}</source>
        <translation>Intérêt pour la demande d’acquisition {id}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register/register.py"/>
        <source>It can be looked at; update the plugin to change or send requests.</source>
        <translation>Il peut être consulté ; mettez l’extension à jour pour modifier ou envoyer des demandes.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/queue.py"/>
        <source>It can be looked at; update the plugin to go on with it.</source>
        <translation>Elle peut être consultée ; mettez l’extension à jour pour la poursuivre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/xml.py"/>
        <source>it defines a document type, which such a file never does</source>
        <translation>il contient une déclaration DOCTYPE, refusée par sécurité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channels/stapi.py"/>
        <source>It goes on as it was. Ask your relay.</source>
        <translation>Elle suit son cours. Demandez à votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/transfer/downloads.py"/>
        <source>It goes on once that service is open and you are signed in.</source>
        <translation>Le téléchargement reprendra quand ce service sera ouvert et que vous serez connecté.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>It has ended.</source>
        <translation>Elle a pris fin.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_file.py"/>
        <source>It holds lines: turn those that close into polygons in QGIS (“Lines to polygons”).</source>
        <translation>Il contient des lignes : transformez celles qui se ferment en polygones dans QGIS (« Lignes vers polygones »).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_file.py"/>
        <source>It holds points or empty features: draw the area, or choose another file.</source>
        <translation>Il contient des points ou des entités vides : dessinez la zone, ou choisissez un autre fichier.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register/register.py"/>
        <source>It is left as it is in the register. Your relay can help to recover it.</source>
        <translation>Elle reste telle quelle dans le registre. Votre relais peut aider à la récupérer.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channels/stapi.py"/>
        <source>It is not known whether the request was cancelled: {reason}</source>
        <translation>On ne sait pas si la demande a été annulée : {reason}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/archive.py"/>
        <source>it is packed in a way QGIS does not know</source>
        <translation>sa méthode de compression n’est pas connue de QGIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/archive.py"/>
        <source>it is protected by a password</source>
        <translation>l’archive est protégée par un mot de passe</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>It is sent</source>
        <translation>C’est envoyé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/xml.py"/>
        <source>it is too large for a description</source>
        <translation>il est trop volumineux pour une description</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/request.py"/>
        <source>It offers: {names}.</source>
        <translation>Il propose : {names}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>It replaces the service of the same name (“{id}”).</source>
        <translation>Il remplace le service du même nom (« {id} »).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/waiting_bar.py"/>
        <source>It stays in the list as it is, and is not sent</source>
        <translation>Elle reste telle quelle dans la liste, sans être envoyée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>It was being sent by {account}: sign in with that account, what became of it will be checked.</source>
        <translation>Elle était en cours d’envoi par {account} : connectez-vous avec ce compte, son sort sera vérifié.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/deliver.py"/>
        <source>Its cloud mask is in pixels of the raw image and was left out.</source>
        <translation>Son masque de nuages est en pixels de l’image brute : il n’a pas été repris.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_place.py"/>
        <source>Its coordinates look like {system}: open it in QGIS, give it that coordinate system, and take the area from the layer.</source>
        <translation>Ses coordonnées ressemblent à {system} : ouvrez-le dans QGIS, attribuez-lui ce système de coordonnées, puis prenez la zone depuis la couche.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/xml.py"/>
        <source>its encoding is unknown</source>
        <translation>son encodage est inconnu</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/xml.py"/>
        <source>its encoding is wrong</source>
        <translation>son encodage est faux</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/availability.py"/>
        <source>Its files come in an archive: download it, then add it to the map from “My products”.</source>
        <translation>Ses fichiers sont dans une archive : téléchargez-la, puis ajoutez-la à la carte depuis « Mes produits ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channels/stapi.py"/>
        <source>Its state will show here once the service answers.</source>
        <translation>Son état s’affichera ici dès que le service répondra.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>Its versions and those of your QGIS may not match: tell your relay.</source>
        <translation>Ses versions et celles de votre QGIS ne s’accordent peut-être pas : prévenez votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/xml.py"/>
        <source>its XML is damaged</source>
        <translation>son XML est endommagé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/xml.py"/>
        <source>its XML is nested too deeply</source>
        <translation>son XML est imbriqué trop profondément</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/shared_view.py"/>
        <source>Join this request…</source>
        <translation>Rejoindre cette demande…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>Joined</source>
        <translation>Rejointe</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>Joint request</source>
        <translation>Demande commune</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>Joint request: {names}</source>
        <translation>Demande commune : {names}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>kB</source>
        <translation>ko</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/removal.py"/>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/review.py"/>
        <source>Keep as ready</source>
        <translation>Garder prête à envoyer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>Keep it</source>
        <translation>La garder</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Keep one part per request, or wrap them all.</source>
        <translation>Faites une demande par partie ou englobez-les toutes.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_file.py"/>
        <source>Keep only the features you mean.</source>
        <translation>Ne gardez que les objets voulus.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <source>Keep the key</source>
        <translation>Garder la clé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>Keep the request</source>
        <translation>Garder la demande</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/conflict.py"/>
        <source>Keep these values</source>
        <translation>Garder ces valeurs</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/by_hand.py"/>
        <source>Keep this state, with today’s date, in the history</source>
        <translation>Garder cet état dans l’historique, à la date du jour</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <source>Kept in QGIS's authentication database.</source>
        <translation>Gardée dans la base d’authentification de QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <source>Kept in this computer's keyring.</source>
        <translation>Gardée dans le trousseau de cet ordinateur.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <source>Kept until QGIS is closed: this computer has no keyring that can be used.</source>
        <translation>Gardée jusqu’à la fermeture de QGIS : cet ordinateur n’a pas de trousseau utilisable.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <source>Key of a catalogue</source>
        <translation>Clé d’un catalogue</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <source>Key of {title}</source>
        <translation>Clé : {title}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Keyring</source>
        <translation>Trousseau</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <source>Keys of the catalogues</source>
        <translation>Clés des catalogues</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Keys of the catalogues…</source>
        <translation>Clés des catalogues…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>km²</source>
        <translation>km²</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Land cover</source>
        <translation>Occupation du sol</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/sheet.py"/>
        <source>Largest: {areas}</source>
        <translation>Les plus grandes : {areas}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>Last day</source>
        <translation>Dernier jour</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/activity.py"/>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>Last sign-in</source>
        <translation>Dernière connexion</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Later date ({keys})</source>
        <translation>Date suivante ({keys})</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Lay the second model on the first</source>
        <translation>Recaler le second modèle sur le premier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/surface_difference.py"/>
        <source>Laying the models on each other…</source>
        <translation>Recalage des deux modèles…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Lays the second model on the first (Nuth &amp; Kääb 2011), subtracts them, measures the noise (NMAD), and gives the volumes gained and lost in each zone with an uncertainty (Rolstad et al. 2009). Without zones, those are taken that changed more than the limit of detection (95 %). Two models of different height systems are not told apart: the shift in height takes up what is the same everywhere.</source>
        <translation>Recale le second modèle sur le premier (Nuth et Kääb 2011), les soustrait, mesure le bruit (NMAD), et donne pour chaque zone les volumes gagnés et perdus avec une incertitude (Rolstad et al. 2009). Sans zones, sont retenues celles qui ont changé de plus que le seuil de détection (95 %). Deux systèmes d’altitude différents ne sont pas reconnus : le décalage en altitude absorbe ce qui est partout le même.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/waiting_bar.py"/>
        <source>Leave it</source>
        <translation>La laisser</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>Legal category {code}</source>
        <translation>Catégorie juridique {code}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>Legal form not known</source>
        <translation>Forme juridique inconnue</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Legal representative</source>
        <translation>Représentant légal</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/alignment.py"/>
        <source>Length of the shift (m)</source>
        <translation>Longueur du décalage (m)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/fetch/partial_file.py"/>
        <source>Let it finish there.</source>
        <translation>Laissez-le s’y terminer.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/deliver.py"/>
        <source>Level PRJ: placed on the map at one height, not corrected for the relief.</source>
        <translation>Niveau PRJ : image placée sur la carte à une altitude unique, sans correction du relief.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Libraries</source>
        <translation>Bibliothèques</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/filters.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Licence</source>
        <translation>Licence</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/selection.py"/>
        <source>Licence for {product}</source>
        <translation>Licence pour {product}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/project/handover.py"/>
        <location filename="../dinamis_qgis/gui/layers/tip.py"/>
        <location filename="../dinamis_qgis/gui/search/query/catalogues.py"/>
        <location filename="../dinamis_qgis/gui/widgets/product_text.py"/>
        <source>Licence: {title}</source>
        <translation>Licence : {title}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>Licences</source>
        <translation>Licences</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>licences {held}/{all}</source>
        <translation>licences {held}/{all}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Limit of detection (m; default: from the noise)</source>
        <translation>Seuil de détection (m ; par défaut : d’après le bruit)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Limit of detection used (m)</source>
        <translation>Seuil de détection retenu (m)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>Limit to {limit}°</source>
        <translation>Limiter à {limit}°</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/import_dialog.py"/>
        <source>Line</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/list_import.py"/>
        <source>line {number}</source>
        <translation>ligne {number}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/listrequests.py"/>
        <source>List acquisition requests</source>
        <translation>Lister les demandes d’acquisition</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>Lists (*.csv *.txt *.xlsx *.ods *.xls)</source>
        <translation>Listes (*.csv *.txt *.xlsx *.ods *.xls)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/bars.py"/>
        <source>Load all</source>
        <translation>Tout charger</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/plan_bar.py"/>
        <source>Load as a mosaic</source>
        <translation>Charger en mosaïque</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/bars.py"/>
        <source>Load more</source>
        <translation>Charger la suite</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/browser/items.py"/>
        <source>Loading…</source>
        <translation>Chargement…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>Locator</source>
        <translation>Carte de situation</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Longitude and latitude seem to be exchanged.</source>
        <translation>Longitude et latitude semblent inversées.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/empty_states.py"/>
        <source>Look around</source>
        <translation>Élargir la vue</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/scim.py"/>
        <source>Look at it again.</source>
        <translation>Consultez-le de nouveau.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/store.py"/>
        <source>Look at the list again.</source>
        <translation>Consultez de nouveau la liste.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>Look at this first: {title}. {remedy}</source>
        <translation>À regarder en premier : {title}. {remedy}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/form.py"/>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <source>Look for</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/saved_menu.py"/>
        <source>Look for new products now</source>
        <translation>Chercher les nouveaux produits maintenant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/archive_view.py"/>
        <source>Look on the portal</source>
        <translation>Chercher sur le portail</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/new_entity.py"/>
        <source>Look up</source>
        <translation>Chercher</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/before_after.py"/>
        <source>Looking for an image before this day and one after it…</source>
        <translation>Recherche d’une image avant ce jour et d’une image après…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/detect.py"/>
        <source>Looking for changes…</source>
        <translation>Recherche des changements…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/deliver.py"/>
        <source>Looking for deliveries…</source>
        <translation>Recherche des livraisons…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>Looking for needs in common…</source>
        <translation>Recherche de besoins communs…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/plan_bar.py"/>
        <source>Looking for the best scenes…</source>
        <translation>Recherche des meilleures scènes…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <source>Looking in the catalogue…</source>
        <translation>Recherche dans le catalogue…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/new_entity.py"/>
        <source>Looking up…</source>
        <translation>Recherche…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Lost (m³)</source>
        <translation>Perdu (m³)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>Made by</source>
        <translation>Réalisation</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Made on</source>
        <translation>Établi le</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>Make old accounts anonymous</source>
        <translation>Rendre anonymes les anciens comptes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>Make old accounts anonymous…</source>
        <translation>Rendre anonymes les anciens comptes…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>Make one joint request</source>
        <translation>En faire une demande commune</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/findings.py"/>
        <source>Make one request per part</source>
        <translation>Faire une demande par polygone</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Make the agreement (ODT, PDF)…</source>
        <translation>Préparer l’avenant (ODT, PDF)…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>Make the animation</source>
        <translation>Créer l’animation</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Make the dossier again…</source>
        <translation>Refaire le dossier…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>Make the sheet</source>
        <translation>Créer la fiche</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Making the dossier…</source>
        <translation>Dossier en préparation…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/detect.py"/>
        <source>Making the radiometry alike…</source>
        <translation>Harmonisation radiométrique…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>Map view</source>
        <translation>Vue de la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>MB</source>
        <translation>Mo</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/export.py"/>
        <source>Measure</source>
        <translation>Mesure</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Measure the shift between the images</source>
        <translation>Mesurer le décalage entre les images</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>Measured change</source>
        <translation>Changement mesuré</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/alignment.py"/>
        <source>Measures by phase correlation how far the ground of the second image lies from the same ground in the first (Kuglin &amp; Hines 1975; sub-pixel peak: Guizar-Sicairos et al. 2008). Clouds and missing data are left out. The output is the second image, its position corrected; its pixels are not resampled. Below a confidence of 0.5 the shift should not be used, and the position is left as it is.</source>
        <translation>Mesure par corrélation de phase le décalage du sol entre la seconde image et la première (Kuglin &amp; Hines 1975 ; sous-pixel : Guizar-Sicairos et al. 2008). Les nuages et les données manquantes sont écartés. Le résultat est la seconde image, à la position corrigée ; ses pixels ne sont pas rééchantillonnés. Sous une confiance de 0,5, n’utilisez pas le décalage : la position reste inchangée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/shift_row.py"/>
        <location filename="../dinamis_qgis/core/change/detect.py"/>
        <source>Measuring the shift…</source>
        <translation>Mesure du décalage…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/surface_difference.py"/>
        <source>Measuring the volumes…</source>
        <translation>Mesure des volumes…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/conflict.py"/>
        <source>Mine: {value}</source>
        <translation>La mienne : {value}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/results_dialog.py"/>
        <source>Minutes</source>
        <translation>Minutes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Missing: {names}</source>
        <translation>Manquent : {names}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/filters.py"/>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>Mode</source>
        <translation>Mode</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/request.py"/>
        <source>Mode (mono, stereo, tristereo)</source>
        <translation>Mode (mono, stereo, tristereo)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>months</source>
        <translation>mois</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/detect.py"/>
        <source>More than half of the common ground seems to have changed: the result is unsure. Compare larger images, or closer seasons.</source>
        <translation>Plus de la moitié de la partie commune semble avoir changé : le résultat est incertain. Comparez des images plus étendues ou de saisons plus proches.</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/bridge/layers/presets.py"/>
        <source>Mosaic of %n image(s)</source>
        <translation><numerusform>Mosaïque de %n image</numerusform><numerusform>Mosaïque de %n images</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/search/chosen/mosaic.py"/>
        <source>Mosaic of %n scene(s)</source>
        <translation><numerusform>Mosaïque de %n scène</numerusform><numerusform>Mosaïque de %n scènes</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <source>Move the account to another entity</source>
        <translation>Rattacher le compte à une autre entité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/scene.py"/>
        <source>Move the map to where both are visible.</source>
        <translation>Déplacez la carte là où les deux sont visibles.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/empty_states.py"/>
        <source>Move the map to your area, then search: the list shows the products that cover it, and which of them you may use.</source>
        <translation>Placez la carte sur votre territoire, puis lancez la recherche : la liste montre les produits qui le couvrent et ceux que vous pouvez utiliser.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register/register.py"/>
        <source>Move this file elsewhere: a new register is begun. Your relay can help to recover the old one.</source>
        <translation>Déplacez ce fichier : un nouveau registre sera créé. Votre relais peut vous aider à récupérer l’ancien.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source>Move, add and delete the corners on the map</source>
        <translation>Déplacer, ajouter et supprimer les sommets sur la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>MP4 video (lighter, finer colours)</source>
        <translation>Vidéo MP4 (plus légère, couleurs plus fines)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/deliver.py"/>
        <source>Multispectral</source>
        <translation>Multispectral</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>My account</source>
        <translation>Mon compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>My account…</source>
        <translation>Mon compte…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/dock.py"/>
        <source>My products</source>
        <translation>Mes produits</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>My products: downloads and files at home</source>
        <translation>Mes produits : téléchargements et fichiers sur ce poste</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>Métropole</source>
        <translation>Métropole</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <location filename="../dinamis_qgis/gui/exercises/results_dialog.py"/>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/new_entity.py"/>
        <location filename="../dinamis_qgis/gui/search/query/saved_menu.py"/>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>Name, SIREN, commune…</source>
        <translation>Nom, SIREN, commune…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Names of former accounts are kept</source>
        <translation>Les noms des anciens comptes sont gardés</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>Names, functions and e-mails of accounts removed or refused more than %n month(s) ago are taken out of the register. This cannot be undone.</source>
        <translation><numerusform>Les noms, fonctions et courriels des comptes supprimés ou refusés depuis plus de %n mois sont retirés du registre. Cette action est irréversible.</numerusform><numerusform>Les noms, fonctions et courriels des comptes supprimés ou refusés depuis plus de %n mois sont retirés du registre. Cette action est irréversible.</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>National public establishment</source>
        <translation>Établissement public national</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/style.py"/>
        <source>Natural colours</source>
        <translation>Couleurs naturelles</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/files_list.py"/>
        <source>Natural colours in the detail of the panchromatic image, as one GeoTIFF</source>
        <translation>Couleurs naturelles à la finesse du panchromatique, en un seul GeoTIFF</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Natural risks</source>
        <translation>Risques naturels</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <source>NDVI difference</source>
        <translation>Différence de NDVI</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/style.py"/>
        <source>Near infrared {metres} m</source>
        <translation>Proche infrarouge {metres} m</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/result.py"/>
        <source>near the threshold: {area}</source>
        <translation>proche du seuil : {area}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>Near their quota</source>
        <translation>Près du quota</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/style.py"/>
        <source>Near-infrared false colours</source>
        <translation>Fausses couleurs (proche infrarouge)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>Need</source>
        <translation>Besoin</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/panel.py"/>
        <source>Needs</source>
        <translation>Besoins</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>Needs of the partners</source>
        <translation>Besoins des partenaires</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>Needs that one acquisition can serve</source>
        <translation>Besoins qu’une acquisition peut servir</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>Neither the map nor the searched area touches this product: choose a layer or draw your area.</source>
        <translation>Ni la carte ni la zone recherchée ne touchent ce produit : choisissez une couche ou dessinez votre zone.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Net (m³)</source>
        <translation>Bilan (m³)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Network options</source>
        <translation>Options réseau</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/by_hand.py"/>
        <source>never</source>
        <translation>jamais</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/news.py"/>
        <source>new</source>
        <translation>nouveau</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>New account</source>
        <translation>Nouveau compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>New account…</source>
        <translation>Nouveau compte…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/new_entity.py"/>
        <source>New entity</source>
        <translation>Nouvelle entité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>New entity…</source>
        <translation>Nouvelle entité…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>New request</source>
        <translation>Nouvelle demande</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/model.py"/>
        <source>New since you last looked</source>
        <translation>Nouveau depuis votre dernier passage</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/write_news.py"/>
        <source>News file</source>
        <translation>Fichier des actualités</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/write_news.py"/>
        <source>News of {relay}</source>
        <translation>Actualités de {relay}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/run/worker.py"/>
        <source>no answer</source>
        <translation>pas de réponse</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/panel.py"/>
        <source>No area of at least {area}</source>
        <translation>Aucune zone d’au moins {area}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channels/dossier.py"/>
        <location filename="../dinamis_qgis/core/tasking/channels/stapi.py"/>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <source>No area yet.</source>
        <translation>Aucune emprise.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <source>No catalogue of this profile asks for a key.</source>
        <translation>Aucun catalogue de ce service ne demande de clé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/archive_view.py"/>
        <source>No catalogue of this service lists images of {satellite}: whether some exist here is not known. Look on the portal, or ask your relay.</source>
        <translation>Aucun catalogue de ce service ne recense les images {satellite} : on ne sait pas s’il en existe ici. Cherchez sur le portail, ou demandez à votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/empty_states.py"/>
        <source>No connection</source>
        <translation>Pas de connexion</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/relay/territories.py"/>
        <source>No entity has a territory yet.</source>
        <translation>Aucune entité n’a encore de territoire.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>No entity yet.

Begin with a SIRET or a name, or import the list you have (CSV or spreadsheet).</source>
        <translation>Aucune entité pour l’instant.

Commencez par un SIRET ou un nom, ou importez votre liste (CSV ou classeur).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_tools.py"/>
        <source>No feature is selected.</source>
        <translation>Aucun objet n’est sélectionné.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>No hint was needed.</source>
        <translation>Aucun indice n’a été nécessaire.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>No image will be taken for it. This cannot be undone; you can still duplicate the request.</source>
        <translation>Aucune image ne sera acquise pour elle. C’est définitif, mais vous pourrez dupliquer la demande.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>No key yet</source>
        <translation>Aucune clé pour l’instant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>No need yet: receive the dossiers that your partners prepared in QGIS.</source>
        <translation>Aucun besoin pour l’instant : recevez les dossiers que vos partenaires ont préparés dans QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/news.py"/>
        <source>No news yet.</source>
        <translation>Aucune actualité pour l’instant.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/before_after.py"/>
        <source>No pair of images shows this place before and after that day.</source>
        <translation>Aucune paire d’images ne montre ce lieu avant et après ce jour.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channel.py"/>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>No period yet.</source>
        <translation>Aucune période.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/browser/items.py"/>
        <source>No product</source>
        <translation>Aucun produit</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>No product at home yet</source>
        <translation>Aucun produit téléchargé pour l’instant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/empty_states.py"/>
        <source>No product here</source>
        <translation>Aucun produit ici</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/empty_states.py"/>
        <source>No product of the catalogue over this area matches the search.</source>
        <translation>Aucun produit du catalogue ne correspond à la recherche sur cette emprise.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/context.py"/>
        <source>No relay address is known. See the profile in the account menu.</source>
        <translation>Aucune adresse de relais n’est connue. Voyez le service utilisé dans le menu du compte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/shift_row.py"/>
        <source>No reliable shift found (confidence {percent} %)</source>
        <translation>Aucun décalage fiable (confiance {percent} %)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/by_hand.py"/>
        <source>No reminder</source>
        <translation>Aucun rappel</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>No request yet.

Where no image fits your need, draw an area and ask for a new acquisition.</source>
        <translation>Aucune demande.

Si aucune image ne répond à votre besoin, dessinez une emprise et demandez une nouvelle acquisition.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/checkrequest.py"/>
        <source>No rule is broken</source>
        <translation>Aucune règle n’est enfreinte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/plan_bar.py"/>
        <source>No scene of the list can be used here</source>
        <translation>Aucune scène de la liste ne convient ici</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/plan_bar.py"/>
        <source>No scene of the list covers enough of this area</source>
        <translation>Aucune scène de la liste ne couvre assez cette emprise</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/context.py"/>
        <location filename="../dinamis_qgis/bridge/layers/gateway.py"/>
        <source>No service is open yet.</source>
        <translation>Aucun service n’est encore ouvert.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>No service is open.</source>
        <translation>Aucun service n’est ouvert.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>No service told its time.</source>
        <translation>Aucun service n’a donné l’heure.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/archive_view.py"/>
        <source>No suitable image (satellite, clouds) of the last {span} covers this area in {catalogues}.</source>
        <translation>Aucune image convenable (satellite, nuages) des derniers {span} ne couvre cette zone dans {catalogues}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>No title yet.</source>
        <translation>Donnez un titre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>No two needs share ground, period and product.</source>
        <translation>Aucun besoin n’a en commun avec un autre le terrain, la période et le produit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/headless.py"/>
        <source>nobody (anonymous)</source>
        <translation>personne (anonyme)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <location filename="../dinamis_qgis/processing/submitrequest.py"/>
        <source>Nobody is signed in.</source>
        <translation>Personne n’est connecté.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Noise (m)</source>
        <translation>Bruit (m)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/catalogues.py"/>
        <source>None checked: the usual ones are asked.</source>
        <translation>Aucun coché : les catalogues habituels sont interrogés.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/downloadproducts.py"/>
        <source>none of the files asked for.</source>
        <translation>aucun des fichiers demandés.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/fetch.py"/>
        <source>None of the sources knows the heights of this place.</source>
        <translation>Aucune des sources ne connaît le relief de cet endroit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>None: the file above</source>
        <translation>Aucune : le fichier ci-dessus</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>None: the sign-in lasts until QGIS closes.</source>
        <translation>Aucun : la connexion dure jusqu’à la fermeture de QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Not accepted yet.</source>
        <translation>Pas encore acceptée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>Not checked</source>
        <translation>Non vérifié</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Not checked.</source>
        <translation>Non contrôlé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>Not enough room in this folder: {free} free, {needed} needed.</source>
        <translation>Pas assez de place dans ce dossier : {free} libres, {needed} nécessaires.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>not held by the account</source>
        <translation>non détenue par le compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>Not measured</source>
        <translation>Non mesuré</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/result.py"/>
        <source>not seen: {area}</source>
        <translation>non vu : {area}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Not signed in</source>
        <translation>Non connecté</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>not signed in</source>
        <translation>non connecté</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Not yet.</source>
        <translation>Pas encore.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/by_hand.py"/>
        <source>Note</source>
        <translation>Noter</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/step_dialog.py"/>
        <source>Note this step</source>
        <translation>Noter cette étape</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Nothing found at home</source>
        <translation>Aucun de vos produits ne correspond</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/new_entity.py"/>
        <source>Nothing found: check the number, or fill in the fields by hand.</source>
        <translation>Rien trouvé : vérifiez le numéro, ou remplissez les champs à la main.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_model.py"/>
        <source>Nothing has happened yet.</source>
        <translation>Rien pour l’instant.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Nothing in this part of the list.</source>
        <translation>Rien dans cette partie de la liste.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/match.py"/>
        <source>Nothing is sent again. Ask your relay whether the request has arrived.</source>
        <translation>Rien n’est renvoyé. Demandez à votre relais si la demande est arrivée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/plan_bar.py"/>
        <source>Nothing of the {area} remains uncovered.</source>
        <translation>Les {area} sont entièrement couverts.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <source>Number of areas</source>
        <translation>Nombre de zones</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/opendelivery.py"/>
        <source>Number of deliveries that could not be read</source>
        <translation>Nombre de livraisons illisibles</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/downloadproducts.py"/>
        <source>Number of files that failed</source>
        <translation>Nombre de fichiers en échec</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Number of products</source>
        <translation>Nombre de produits</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Number of products at most</source>
        <translation>Nombre maximal de produits</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/listrequests.py"/>
        <source>Number of requests</source>
        <translation>Nombre de demandes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Number of zones</source>
        <translation>Nombre de zones</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Often what is left of a cut: remove them.</source>
        <translation>Il s’agit souvent de restes de découpage : retirez-les.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>On hold</source>
        <translation>Mise en attente</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/layers/tip.py"/>
        <source>on this computer</source>
        <translation>sur cet ordinateur</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/list_import.py"/>
        <source>One column must be called: {headings}.</source>
        <translation>Une colonne doit s’appeler : {headings}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/places.py"/>
        <source>One file per feature</source>
        <translation>Un fichier par entité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>One folder a product, named</source>
        <translation>Un dossier par produit, nommé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/layers/presets.py"/>
        <source>One mosaic</source>
        <translation>Une seule mosaïque</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/before_after.py"/>
        <source>One of the two images was removed meanwhile: there is nothing to compare.</source>
        <translation>L’une des deux images a été retirée entre-temps : il n’y a plus rien à comparer.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/request.py"/>
        <source>One polygon is needed, the layer has {count}.</source>
        <translation>Il faut un seul polygone, la couche en a {count}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>One sentence helps your relay to support the request.</source>
        <translation>Une phrase aide votre relais à appuyer la demande.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register/register.py"/>
        <source>Only a draft can be changed.</source>
        <translation>Seul un brouillon peut être modifié.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/register.py"/>
        <source>Only an entity still being prepared can be deleted.</source>
        <translation>Seule une entité encore à l’état de brouillon et sans compte peut être supprimée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/dim.py"/>
        <source>Only DIMAP v2 deliveries (SPOT 6/7, Pléiades) can be opened here.</source>
        <translation>Seules les livraisons DIMAP v2 (SPOT 6/7, Pléiades) peuvent être ouvertes ici.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>Only my area</source>
        <translation>Ma zone seulement</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/downloadproducts.py"/>
        <source>Only the area of these polygons</source>
        <translation>Seulement la zone de ces polygones</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/browser/items.py"/>
        <source>Only the latest %n product(s): search in the DINAMIS panel for the others</source>
        <translation><numerusform>Seulement le dernier produit : cherchez les autres dans le panneau DINAMIS</numerusform><numerusform>Seulement les %n derniers produits : cherchez les autres dans le panneau DINAMIS</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/line.py"/>
        <source>Only the products where the map is</source>
        <translation>Seulement les produits de la vue de la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/more_filters.py"/>
        <source>Only those I may use</source>
        <translation>Seulement ceux que je peux utiliser</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>Only what is needed: a name, a function, a professional e-mail.</source>
        <translation>Seulement le nécessaire : un nom, une fonction, un courriel professionnel.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/project/handover.py"/>
        <source>only who signed this licence may receive these images: check it with your relay before you pass them on.</source>
        <translation>seuls les signataires de cette licence peuvent recevoir ces images : vérifiez auprès de votre relais avant de les transmettre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Opacity</source>
        <translation>Opacité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/mode_slider.py"/>
        <source>Opacity of the second image</source>
        <translation>Opacité de la seconde image</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Open a delivered archive…</source>
        <translation>Ouvrir une archive livrée…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Open a delivered folder…</source>
        <translation>Ouvrir un dossier livré…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <location filename="../dinamis_qgis/processing/opendelivery.py"/>
        <source>Open a delivery</source>
        <translation>Ouvrir une livraison</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <source>Open a delivery of the portal: an archive, a folder, or a folder of many</source>
        <translation>Ouvrir une livraison du portail : une archive, un dossier ou un dossier de livraisons</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>Open a partner's report</source>
        <translation>Ouvrir le rapport d’un partenaire</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>Open a partner's report…</source>
        <translation>Ouvrir le rapport d’un partenaire…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>Open any page in your web browser, sign in there if you are asked to, then try again.</source>
        <translation>Ouvrez une page dans votre navigateur, identifiez-vous si on vous le demande, puis réessayez.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>Open as a request…</source>
        <translation>Ouvrir en demande…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <source>Open in 3D</source>
        <translation>Ouvrir en 3D</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_place.py"/>
        <source>Open it in QGIS, set its coordinate system, and take the area from the layer.</source>
        <translation>Ouvrez-le dans QGIS, réglez son système de coordonnées, puis prenez l’emprise dans la couche.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/browser/items.py"/>
        <location filename="../dinamis_qgis/gui/search/chosen/actions.py"/>
        <location filename="../dinamis_qgis/gui/search/chosen/card_menu.py"/>
        <location filename="../dinamis_qgis/gui/search/chosen/selection.py"/>
        <location filename="../dinamis_qgis/gui/search/results/delegate.py"/>
        <source>Open its page</source>
        <translation>Ouvrir sa page</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/project/handover.py"/>
        <source>open licence: whoever keeps the credit may receive it.</source>
        <translation>licence ouverte : transmissible à tous, mention conservée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/activity.py"/>
        <source>Open requests</source>
        <translation>Demandes en cours</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Open the DINAMIS panel, then check again.</source>
        <translation>Ouvrez le panneau DINAMIS, puis vérifiez de nouveau.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/context.py"/>
        <location filename="../dinamis_qgis/bridge/layers/gateway.py"/>
        <source>Open the DINAMIS panel.</source>
        <translation>Ouvrez le panneau DINAMIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/relay/agreement.py"/>
        <location filename="../dinamis_qgis/bridge/transfer/downloads.py"/>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Open the folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Open the options</source>
        <translation>Ouvrir les options</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/browser/items.py"/>
        <location filename="../dinamis_qgis/gui/search/query/catalogues.py"/>
        <source>Open the page of {title}</source>
        <translation>Ouvrir la page de « {title} »</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>Open the PDF</source>
        <translation>Ouvrir le PDF</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Open the sign-in page</source>
        <translation>Ouvrir la page de connexion</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>open to everybody</source>
        <translation>ouverte à tous</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/widgets/product_text.py"/>
        <source>Open to everybody: {licence}</source>
        <translation>Ouvert à tous : {licence}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/project/handover.py"/>
        <source>Open {file} in QGIS.</source>
        <translation>Ouvrez {file} dans QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/project/restore.py"/>
        <source>Open “{name}”</source>
        <translation>Ouvrir « {name} »</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>OpenDocument text (*.odt)</source>
        <translation>Texte OpenDocument (*.odt)</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/bridge/layers/add.py"/>
        <source>Opening %n image(s)…</source>
        <translation><numerusform>Ouverture de %n image…</numerusform><numerusform>Ouverture de %n images…</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Opening the service…</source>
        <translation>Ouverture du service…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/before_after.py"/>
        <source>Opening the two images…</source>
        <translation>Ouverture des deux images…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Opening {day}…</source>
        <translation>Ouverture du {day}…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/add.py"/>
        <location filename="../dinamis_qgis/bridge/layers/wmts.py"/>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <source>Opening {name}…</source>
        <translation>Ouverture de {name}…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Opening…</source>
        <translation>Ouverture…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/opendelivery.py"/>
        <source>Opens what the portal delivered: an archive (.tar.gz, .zip), a folder, or a folder of many of them, with SPOT 6/7 or Pléiades images in DIMAP. Tiles are assembled, bands named and put in order, MS and P of a bundle pansharpened; a STAC item is written beside the images. OUTPUT is a JSON list of the images, with the product, date, credit and cloud mask of each; FAILED is the number of deliveries that could not be read: the log says which and why.</source>
        <translation>Ouvre ce que le portail a livré : une archive (.tar.gz, .zip), un dossier ou un dossier de livraisons, avec des images SPOT 6/7 ou Pléiades en DIMAP. Les dalles sont assemblées, les bandes nommées et ordonnées, les images MS et P d’un même lot fusionnées (pansharpening) ; une fiche STAC est écrite à côté des images. OUTPUT est une liste JSON des images, avec le produit, la date, le crédit et le masque de nuages de chacune ; FAILED est le nombre de livraisons illisibles : le journal dit lesquelles et pourquoi.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Opens {host} in your browser</source>
        <translation>Ouvre {host} dans votre navigateur</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Options…</source>
        <translation>Options…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <source>Or the area of these polygons</source>
        <translation>Ou la zone de ces polygones</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/filters.py"/>
        <source>Order</source>
        <translation>Tri</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <location filename="../dinamis_qgis/processing/comparisonsheet.py"/>
        <source>Organisation</source>
        <translation>Organisme</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/new_entity.py"/>
        <source>Organisations found</source>
        <translation>Organismes trouvés</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Other</source>
        <translation>Autre</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Other exercises</source>
        <translation>Autres exercices</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/map/footprint_style.py"/>
        <source>Others</source>
        <translation>Autres</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/map/footprint_style.py"/>
        <source>Others, licence not held</source>
        <translation>Autres, sans licence</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/map/footprint_style.py"/>
        <source>Others, on the map</source>
        <translation>Autres, sur la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Other…</source>
        <translation>Autre…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channels/dossier.py"/>
        <source>Our need:</source>
        <translation>Notre besoin :</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <location filename="../dinamis_qgis/processing/comparisonsheet.py"/>
        <source>Page</source>
        <translation>Page</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Page on {host}. Or scan this code with your phone:</source>
        <translation>Page sur {host}. Ou scannez ce code avec votre téléphone :</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/write_news.py"/>
        <source>Page that says more</source>
        <translation>Page pour en savoir plus</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/style.py"/>
        <location filename="../dinamis_qgis/core/delivery/deliver.py"/>
        <source>Panchromatic</source>
        <translation>Panchromatique</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/compound.py"/>
        <source>Panchromatic and multispectral images cannot be one mosaic.</source>
        <translation>Des images panchromatiques et multispectrales ne peuvent pas former une mosaïque.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/style.py"/>
        <source>Panchromatic {metres} m</source>
        <translation>Panchromatique {metres} m</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/deliver.py"/>
        <source>Pansharpened</source>
        <translation>Couleurs naturelles, pleine finesse</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/style.py"/>
        <source>Pansharpened natural colours</source>
        <translation>Couleurs naturelles fusionnées (pansharpening)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/presets.py"/>
        <source>Pansharpening needs the panchromatic and the multispectral file of a product.</source>
        <translation>La fusion (pansharpening) demande le fichier panchromatique et le fichier multispectral d’un produit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Parallel connections</source>
        <translation>Connexions simultanées</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/step_dialog.py"/>
        <source>Passed over: {steps}. Say why.</source>
        <translation>Étapes sautées : {steps}. Indiquez le motif.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/passes_view.py"/>
        <source>Passes of the satellite</source>
        <translation>Passages du satellite</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/passes_view.py"/>
        <source>Passes of the satellite in the period: {count}, the first on {moment}.</source>
        <translation>Passages possibles du satellite dans la période : {count}, le premier le {moment}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <source>Paste a key first.</source>
        <translation>Collez d’abord une clé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Paste both parts of the key first</source>
        <translation>Collez d’abord les deux parties de la clé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/keys.py"/>
        <source>Paste both parts, as they were given to you.</source>
        <translation>Collez les deux parties, telles qu’elles vous ont été remises.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <source>Paste your key here</source>
        <translation>Collez votre clé ici</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Pause</source>
        <translation>Mettre en pause</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/overview.py"/>
        <source>Pause all</source>
        <translation>Tout mettre en pause</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/result.py"/>
        <source>Perimeter: {length} km</source>
        <translation>Périmètre : {length} km</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/filters.py"/>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>Period</source>
        <translation>Période</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>Period too long: {days} days, {limit} at most.</source>
        <translation>Période trop longue : {days} jours pour {limit} au plus.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>Period too short: {days} days, {limit} at least.</source>
        <translation>Période trop courte : {days} jours pour {limit} au moins.</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>Period: %n day(s).</source>
        <translation><numerusform>Période : %n jour.</numerusform><numerusform>Période : %n jours.</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>PETR</source>
        <translation>PETR</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/shift_row.py"/>
        <source>Phase correlation with a sub-pixel peak (Guizar-Sicairos et al. 2008), ± {spread} m, {tiles} tiles</source>
        <translation>Corrélation de phase au sous-pixel (Guizar-Sicairos et al., 2008), ± {spread} m, {tiles} tuiles</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <source>Pixel</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/export.py"/>
        <source>Pixel (m)</source>
        <translation>Pixel (m)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <source>Pixel size in metres (default: that of the source)</source>
        <translation>Taille de pixel en mètres (par défaut : celle de la source)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/pairwise.py"/>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Pixel size in metres (default: the coarser of the two)</source>
        <translation>Taille du pixel en mètres (par défaut : la plus grande des deux)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/locator.py"/>
        <source>Places searched</source>
        <translation>Lieux déjà cherchés</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <source>Please carry out what the attached table asks for:</source>
        <translation>Merci de traiter les demandes du tableau joint :</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channels/dossier.py"/>
        <source>Please find here an acquisition request.</source>
        <translation>Voici une demande d’acquisition.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/documents.py"/>
        <source>Please find here the agreement that brings you into DINAMIS. Please send it back signed, with the charter and the licences accepted.</source>
        <translation>Vous trouverez ci-joint l’avenant qui vous fait adhérer à DINAMIS. Merci de le renvoyer signé, avec la charte et les licences acceptées.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/report.py"/>
        <source>Please tell us what you were doing, and what you saw.</source>
        <translation>Dites-nous ce que vous faisiez et ce que vous avez vu.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/support.py"/>
        <source>plugin and cache</source>
        <translation>extension et cache</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/map/footprint_style.py"/>
        <source>Pléiades, licence not held</source>
        <translation>Pléiades, sans licence</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/map/footprint_style.py"/>
        <source>Pléiades, on the map</source>
        <translation>Pléiades, sur la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/shapes.py"/>
        <source>Polygon</source>
        <translation>Polygone</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>Polygon layer</source>
        <translation>Couche de polygones</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Prepare a folder to hand over…</source>
        <translation>Préparer un dossier à transmettre…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/submitrequest.py"/>
        <source>Prepare it in the DINAMIS panel, tab Requests.</source>
        <translation>Préparez-le dans le panneau DINAMIS, onglet Demandes.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/review.py"/>
        <source>Prepare the dossier…</source>
        <translation>Préparer le dossier…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>Preparing…</source>
        <translation>Préparation…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>Preview on the map (Space)</source>
        <translation>Aperçu sur la carte (Espace)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/export.py"/>
        <source>Product after</source>
        <translation>Produit après</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/export.py"/>
        <source>Product before</source>
        <translation>Produit avant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/request.py"/>
        <source>Product to ask for (empty: the first of the profile)</source>
        <translation>Produit demandé (vide : le premier du service)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/layers/tip.py"/>
        <source>Product: {name}</source>
        <translation>Produit : {name}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/locator.py"/>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Products</source>
        <translation>Produits</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/downloadproducts.py"/>
        <source>Products (output of “Search products”)</source>
        <translation>Produits (résultat de « Rechercher des produits »)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/local_catalogue/record.py"/>
        <source>Products downloaded with the DINAMIS plugin for QGIS.</source>
        <translation>Produits téléchargés avec l’extension DINAMIS pour QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/view.py"/>
        <source>Products found</source>
        <translation>Produits trouvés</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/timeline.py"/>
        <source>Products over time</source>
        <translation>Les produits dans le temps</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/more_filters.py"/>
        <source>Products under an open licence or one your account holds; those of an unknown licence too.</source>
        <translation>Produits sous licence ouverte ou sous une licence de votre compte ; ceux dont la licence est inconnue restent aussi.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/query_bar.py"/>
        <source>Products whose value is unknown stay in the list, further down.</source>
        <translation>Les produits dont la valeur est inconnue restent dans la liste, plus bas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>Professional e-mail</source>
        <translation>Courriel professionnel</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Profile (*.json)</source>
        <translation>Fichier de service (*.json)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/profile_plot.py"/>
        <source>Profile of heights</source>
        <translation>Profil altimétrique</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <source>profile.csv</source>
        <translation>profil.csv</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/headless.py"/>
        <source>Profile: {profile}. Signed in: {account}.</source>
        <translation>Service : {profile}. Connecté : {account}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <source>Progress</source>
        <translation>Avancement</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Proxy in QGIS's options</source>
        <translation>Proxy dans les options de QGIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>Public body: {form}.</source>
        <translation>Organisme public : {form}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/store.py"/>
        <source>Put a saved copy of it back in its place, or choose another register in the options.</source>
        <translation>Remettez une copie de sauvegarde à sa place, ou choisissez un autre registre dans les options.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/archive_view.py"/>
        <source>Put this image on the map: it may be enough</source>
        <translation>Ajouter cette image à la carte : elle suffit peut-être</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/comparisonsheet.py"/>
        <source>Puts two images side by side on an A4 or A3 page at one scale, with dates and hours of acquisition, sensor, resolution, clouds, a locator map, scale bar, north and the legal credit of both products; changed areas on top where given.</source>
        <translation>Place deux images côte à côte sur une page A4 ou A3, à la même échelle, avec les dates et heures d’acquisition, le capteur, la résolution, les nuages, une carte de situation, l’échelle, le nord et le crédit légal des deux produits ; les zones de changement par-dessus, si elles sont données.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/elevation/relief.py"/>
        <source>QGIS cannot show these heights.</source>
        <translation>QGIS ne peut pas afficher ce relief.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/wmts.py"/>
        <source>QGIS cannot show “{name}”.</source>
        <translation>QGIS ne peut pas afficher « {name} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>QGIS is set to use a SOCKS5 proxy, and PySocks, which speaks to it, is missing.</source>
        <translation>QGIS est réglé sur un proxy SOCKS5, et PySocks, qui sert à lui parler, manque.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/relay/connections.py"/>
        <source>QGIS no longer has the PostgreSQL connection “{name}”.</source>
        <translation>QGIS n’a plus la connexion PostgreSQL « {name} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/vault.py"/>
        <source>QGIS's authentication database does not answer.</source>
        <translation>La base d’authentification de QGIS ne répond pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/vault.py"/>
        <source>QGIS's authentication database is locked.</source>
        <translation>La base d’authentification de QGIS est verrouillée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/vault.py"/>
        <source>QGIS's authentication database refuses to forget the sign-in.</source>
        <translation>La base d’authentification de QGIS refuse d’oublier la connexion.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/vault.py"/>
        <source>QGIS's authentication database refuses to keep the sign-in.</source>
        <translation>La base d’authentification de QGIS refuse de garder la connexion.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/widgets/widgets.py"/>
        <source>QR code of the sign-in page</source>
        <translation>Code QR de la page de connexion</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>Quota</source>
        <translation>Quota</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/quota.py"/>
        <source>Quota exceeded: {left} left {period}, {beyond} beyond.</source>
        <translation>Quota dépassé : il reste {left} {period}, {beyond} en trop.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/quota.py"/>
        <source>Quota of your entity: {left} of {all} left {period} after this request ({source}).</source>
        <translation>Quota de votre entité : après cette demande, il restera {left} sur {all} {period} ({source}).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Quota per year</source>
        <translation>Quota annuel</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/shapes.py"/>
        <source>Radius</source>
        <translation>Rayon</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source>Radius or width</source>
        <translation>Rayon ou largeur</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/export.py"/>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <source>Raster of change</source>
        <translation>Raster des changements</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/deliver.py"/>
        <source>Raw geometry (level SEN): placed by its RPC model at the mean height of the scene, right to some tens of metres where the ground is hilly. Do not measure on it; ask for level ORT to do so.</source>
        <translation>Géométrie brute (niveau SEN) : image placée par son modèle RPC à l’altitude moyenne de la scène, à quelques dizaines de mètres près en terrain accidenté. N’y mesurez rien ; pour mesurer, demandez le niveau ORT.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <source>Reactivate the account</source>
        <translation>Réactiver le compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/review.py"/>
        <source>Read and accept the licence first.</source>
        <translation>Lisez et acceptez d’abord la licence.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/news.py"/>
        <source>Read more</source>
        <translation>En savoir plus</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/layers/menu.py"/>
        <source>Read through the service again</source>
        <translation>Réafficher depuis le service</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <location filename="../dinamis_qgis/gui/requests/draft/area_tools.py"/>
        <source>Reading the area…</source>
        <translation>Lecture de l’emprise…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>Reading “{name}”…</source>
        <translation>Lecture de « {name} »…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <location filename="../dinamis_qgis/gui/relay/import_dialog.py"/>
        <location filename="../dinamis_qgis/processing/opendelivery.py"/>
        <source>Ready</source>
        <translation>Prêt</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Ready to send</source>
        <translation>Prête à envoyer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <source>Reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/step_dialog.py"/>
        <source>Reason or remark</source>
        <translation>Motif ou remarque</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>Reason, for the person</source>
        <translation>Motif, pour la personne</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>Receive dossiers</source>
        <translation>Recevoir des dossiers</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>Receive dossiers…</source>
        <translation>Recevoir des dossiers…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>Received</source>
        <translation>Reçue</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/shapes.py"/>
        <source>Rectangle</source>
        <translation>Rectangle</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source>Redraw</source>
        <translation>Redessiner</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>reference</source>
        <translation>référence</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/submitrequest.py"/>
        <source>Reference of the request: {reference}</source>
        <translation>Référence de la demande : {reference}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/dossier_pdf.py"/>
        <source>Reference: {reference}</source>
        <translation>Référence : {reference}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Referent</source>
        <translation>Référent</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <source>Refuse the account</source>
        <translation>Refuser le compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Refuse, suspend, pass a step over, undo the last one</source>
        <translation>Refuser, suspendre, sauter une étape, annuler la dernière</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Refused</source>
        <translation>Refusée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Refused by the BE</source>
        <translation>Refusé par le BE</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <location filename="../dinamis_qgis/gui/dock.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Relay</source>
        <translation>Relais</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>relay</source>
        <translation>relais</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/news.py"/>
        <location filename="../dinamis_qgis/gui/account/news.py"/>
        <source>Relay news</source>
        <translation>Actualités du relais</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/news.py"/>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Relay news…</source>
        <translation>Actualités du relais…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Relay register (file)</source>
        <translation>Registre du relais (fichier)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/panel.py"/>
        <source>Relay: entities, accounts, activity, needs</source>
        <translation>Relais : entités, comptes, activité, besoins</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Relay: {relay}</source>
        <translation>Relais : {relay}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/elevation/relief.py"/>
        <source>Relief</source>
        <translation>Relief</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <source>Relief – DINAMIS</source>
        <translation>Relief – DINAMIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Relief, 3D</source>
        <translation>Relief, 3D</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/plugin.py"/>
        <source>Relief…</source>
        <translation>Relief…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/by_hand.py"/>
        <source>Remark</source>
        <translation>Remarque</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>Remark, for the relay</source>
        <translation>Remarque, pour le relais</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/by_hand.py"/>
        <source>Remind me…</source>
        <translation>Me le rappeler…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/by_hand.py"/>
        <source>Reminder</source>
        <translation>Rappel</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/by_hand.py"/>
        <source>Reminder on {day}</source>
        <translation>Rappel le {day}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Remove ({change})</source>
        <translation>Retirer ({change})</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <source>Remove the account</source>
        <translation>Supprimer le compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <source>Removed</source>
        <translation>Supprimé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <source>Renew the account</source>
        <translation>Renouveler le compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Repair ({area} kept)</source>
        <translation>Réparer ({area} conservés)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Repair it, or move the vertices.</source>
        <translation>Réparez-le ou déplacez les sommets.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/layers/menu.py"/>
        <source>Replace by a local copy</source>
        <translation>Remplacer par une copie locale</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/empty_states.py"/>
        <source>Request an acquisition here…</source>
        <translation>Demander une acquisition ici…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/archive_view.py"/>
        <source>Request only the rest ({area})</source>
        <translation>Ne demander que le reste ({area})</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/plan_bar.py"/>
        <source>Request the rest…</source>
        <translation>Demander le reste…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Request without a title</source>
        <translation>Demande sans titre</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <location filename="../dinamis_qgis/gui/dock.py"/>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <location filename="../dinamis_qgis/processing/listrequests.py"/>
        <source>Requests</source>
        <translation>Demandes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>requests</source>
        <translation>demandes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/activity.py"/>
        <source>Requests done</source>
        <translation>Demandes abouties</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/activity.py"/>
        <source>Requests refused</source>
        <translation>Demandes refusées</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>rescue services</source>
        <translation>secours</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Reserved</source>
        <translation>Réservée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/filters.py"/>
        <location filename="../dinamis_qgis/core/catalogue/order.py"/>
        <location filename="../dinamis_qgis/gui/search/query/more_filters.py"/>
        <source>Resolution</source>
        <translation>Résolution</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/results_dialog.py"/>
        <source>Result files</source>
        <translation>Fichiers de résultat</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/checkrequest.py"/>
        <source>Results (JSON)</source>
        <translation>Résultats (JSON)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/results_dialog.py"/>
        <source>Results of the trainees</source>
        <translation>Résultats des stagiaires</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Results of the trainees…</source>
        <translation>Résultats des stagiaires…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/waiting_bar.py"/>
        <source>Review and send…</source>
        <translation>Vérifier et envoyer…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/send.py"/>
        <source>Review it to send it in your own name.</source>
        <translation>Vérifiez-la pour l’envoyer en votre nom.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/send.py"/>
        <source>Review it, then send it.</source>
        <translation>Vérifiez-la, puis envoyez-la.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <source>Review…</source>
        <translation>Vérifier…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>Revoke the key</source>
        <translation>Révoquer la clé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>Revoke the key…</source>
        <translation>Révoquer la clé…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>Revoke “{what}”? Programs that use this key will no longer get in.</source>
        <translation>Révoquer « {what} » ? Les programmes qui utilisent cette clé n’auront plus accès.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>Roles</source>
        <translation>Rôles</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/checkrequest.py"/>
        <source>Rules broken</source>
        <translation>Règles enfreintes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Rules of the service</source>
        <translation>Règles du service</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>Région</source>
        <translation>Région</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Same contrast for both images</source>
        <translation>Même contraste pour les deux images</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>Same satellite, same day: one card that opens on the others</source>
        <translation>Même satellite, même jour : une seule fiche, qui s’ouvre sur les autres</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/layers/menu.py"/>
        <source>Same stretch for these images</source>
        <translation>Même contraste pour ces images</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>Satellite</source>
        <translation>Satellite</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/empty_states.py"/>
        <source>Satellite images of your area</source>
        <translation>Les images satellite de votre territoire</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Save and begin</source>
        <translation>Enregistrer et commencer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/list_import.py"/>
        <source>Save it as CSV or as a spreadsheet whose first line holds the headings.</source>
        <translation>Enregistrez-le en CSV ou en classeur, avec les titres des colonnes sur la première ligne.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Save my result</source>
        <translation>Enregistrer mon résultat</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Save my result…</source>
        <translation>Enregistrer mon résultat…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Save the changes</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>Save the report</source>
        <translation>Enregistrer le rapport</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>Save the report…</source>
        <translation>Enregistrer le rapport…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/saved_menu.py"/>
        <source>Save this search</source>
        <translation>Enregistrer cette recherche</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/saved_menu.py"/>
        <source>Save this search…</source>
        <translation>Enregistrer cette recherche…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/documents.py"/>
        <source>Save your template as OpenDocument text (.odt).</source>
        <translation>Enregistrez votre modèle en texte OpenDocument (.odt).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>saved area</source>
        <translation>emprise enregistrée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/locator.py"/>
        <location filename="../dinamis_qgis/gui/search/query/query_bar.py"/>
        <source>Saved searches</source>
        <translation>Recherches enregistrées</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>Say first what the key is for</source>
        <translation>Indiquez d’abord l’usage de la clé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/adhesion.py"/>
        <location filename="../dinamis_qgis/gui/relay/step_dialog.py"/>
        <source>Say why.</source>
        <translation>Indiquez le motif.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/accounts.py"/>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>Say why: the person reads it.</source>
        <translation>Indiquez le motif : la personne le lira.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Scheduled</source>
        <translation>Programmée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>SDIS</source>
        <translation>SDIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/dock.py"/>
        <location filename="../dinamis_qgis/gui/search/query/query_bar.py"/>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/empty_states.py"/>
        <source>Search all dates</source>
        <translation>Rechercher à toutes les dates</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Search for products</source>
        <translation>Rechercher des produits</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/browser/items.py"/>
        <source>Search it over an area in the DINAMIS panel</source>
        <translation>Cherchez-y sur une emprise, dans le panneau DINAMIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/fetch.py"/>
        <source>Search its area with this catalogue checked.</source>
        <translation>Cherchez sur son emprise en cochant ce catalogue.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/saved_menu.py"/>
        <source>Search of {date}</source>
        <translation>Recherche du {date}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Search products</source>
        <translation>Rechercher des produits</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/bars.py"/>
        <source>Search running</source>
        <translation>Recherche en cours</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/adapter_errors.py"/>
        <source>Search the area again.</source>
        <translation>Relancez la recherche sur la zone.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/query_bar.py"/>
        <source>Search the products that cover the area (Enter)</source>
        <translation>Rechercher les produits qui couvrent l’emprise (Entrée)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/empty_states.py"/>
        <source>Search without the filters</source>
        <translation>Rechercher sans les filtres</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/saved_menu.py"/>
        <source>Search “{name}” deleted.</source>
        <translation>La recherche « {name} » est supprimée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/plugin.py"/>
        <source>Search, stream, download and request DINAMIS imagery</source>
        <translation>Rechercher, afficher, télécharger et demander des images DINAMIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>Searches again each time the map has moved.</source>
        <translation>Relance la recherche chaque fois que la carte a bougé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>Searching…</source>
        <translation>Recherche en cours…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/filters.py"/>
        <location filename="../dinamis_qgis/gui/search/query/query_bar.py"/>
        <source>Season</source>
        <translation>Saison</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/canvas/beside.py"/>
        <location filename="../dinamis_qgis/processing/pairwise.py"/>
        <source>Second image</source>
        <translation>Seconde image</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/alignment.py"/>
        <source>Second image, position corrected</source>
        <translation>Seconde image, position corrigée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Second surface model (after)</source>
        <translation>Second modèle de surface (après)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Secret key</source>
        <translation>Clé secrète</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/requests/announce.py"/>
        <source>See</source>
        <translation>Voir</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/layers/menu.py"/>
        <source>See in relief…</source>
        <translation>Voir en relief…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/waiting_bar.py"/>
        <source>See it whole, then confirm it in your own name</source>
        <translation>La relire en entier, puis la confirmer en votre nom</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/detect.py"/>
        <source>Seen on both images: {seen} of {whole} ({percent} %)</source>
        <translation>Seuls {percent} % de la vue sont visibles sur les deux images ({seen} sur {whole})</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/request.py"/>
        <source>Select one feature, and tick “Selected features only”.</source>
        <translation>Sélectionnez un objet et cochez « Entité(s) sélectionnée(s) uniquement ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_tools.py"/>
        <source>Select one in the layer “{name}”.</source>
        <translation>Sélectionnez-en un dans la couche « {name} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>Select polygons of the active layer first.</source>
        <translation>Sélectionnez d’abord des polygones dans la couche active.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/geometry/convert.py"/>
        <location filename="../dinamis_qgis/bridge/geometry/layer_features.py"/>
        <source>Select the features you mean.</source>
        <translation>Sélectionnez les objets voulus.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>Selected features</source>
        <translation>Objets sélectionnés</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>selection in {layer}</source>
        <translation>sélection dans {layer}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/review.py"/>
        <source>Send the request</source>
        <translation>Envoyer la demande</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Sending…</source>
        <translation>Envoi…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/export.py"/>
        <source>Sense (1: more, −1: less)</source>
        <translation>Sens (1 : plus, −1 : moins)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Sent</source>
        <translation>Envoyée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Service not available</source>
        <translation>Service indisponible</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Service out of reach for now</source>
        <translation>Service injoignable pour l’instant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Service used</source>
        <translation>Service utilisé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Service used…</source>
        <translation>Service utilisé…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Service: {title}</source>
        <translation>Service : {title}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Services</source>
        <translation>Services</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Set a master password in QGIS's authentication options, or install a keyring.</source>
        <translation>Définissez un mot de passe principal dans les options d’authentification de QGIS, ou installez un trousseau.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Set the clock: signatures are refused when it is wrong.</source>
        <translation>Réglez l’horloge : les signatures sont refusées quand elle est fausse.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <source>Settings proposed</source>
        <translation>Réglages proposés</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Several views of the same place give the relief.</source>
        <translation>Plusieurs vues du même lieu donnent le relief.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/elevation/relief.py"/>
        <source>Shade: {name}</source>
        <translation>Ombrage : {name}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source>Shape to draw</source>
        <translation>Forme à dessiner</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/filters.py"/>
        <location filename="../dinamis_qgis/core/catalogue/order.py"/>
        <source>Share of the area</source>
        <translation>Part de l’emprise</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>Share of the image that clouds may hide</source>
        <translation>Part de l’image que les nuages peuvent cacher</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/activity.py"/>
        <source>Share of the quota (%)</source>
        <translation>Part du quota (%)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/widgets/product_text.py"/>
        <source>Share of the searched area: {value}</source>
        <translation>Part de l’emprise couverte : {value}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <source>Share that is known (0 to 1)</source>
        <translation>Part connue (0 à 1)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/sharp.py"/>
        <source>Sharpest colours, in one file</source>
        <translation>Couleurs à pleine finesse, un seul fichier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/comparisonsheet.py"/>
        <source>Sheet</source>
        <translation>Fiche</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/comparisonsheet.py"/>
        <source>Sheet as PNG</source>
        <translation>Fiche en PNG</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/alignment.py"/>
        <source>Shift between two images</source>
        <translation>Décalage entre deux images</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/export.py"/>
        <source>Shift corrected (m)</source>
        <translation>Décalage corrigé (m)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/alignment.py"/>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Shift to the east (m)</source>
        <translation>Décalage vers l’est (m)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/alignment.py"/>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Shift to the north (m)</source>
        <translation>Décalage vers le nord (m)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Shift upwards (m)</source>
        <translation>Décalage vers le haut (m)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/shift_row.py"/>
        <source>Shift {length} m ({east}, {north}), confidence {percent} %</source>
        <translation>Décalage de {length} m ({east}, {north}), confiance {percent} %</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>Shorten to {days} days</source>
        <translation>Ramener à {days} jours</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Show all my products</source>
        <translation>Afficher tous mes produits</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Show as a layer of the project</source>
        <translation>Afficher comme couche du projet</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Show as a layer, export</source>
        <translation>Afficher comme couche, exporter</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>Show the accounts of every entity again</source>
        <translation>Afficher de nouveau les comptes de toutes les entités</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Show the relay’s tab</source>
        <translation>Afficher l’onglet du relais</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>Show the territories on the map</source>
        <translation>Afficher les territoires sur la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <source>Show what the service's rules say</source>
        <translation>Montrer ce que disent les règles du service</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Side by side</source>
        <translation>Côte à côte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Sign in again</source>
        <translation>Se reconnecter</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/proof.py"/>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <location filename="../dinamis_qgis/core/net/statuses.py"/>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Sign in again.</source>
        <translation>Reconnectez-vous.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Sign in from the DINAMIS panel.</source>
        <translation>Connectez-vous depuis le panneau DINAMIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/submitrequest.py"/>
        <source>Sign in in the DINAMIS panel, or give an API key in the environment.</source>
        <translation>Connectez-vous dans le panneau DINAMIS ou donnez une clé d’API dans l’environnement.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Sign in on the service’s page with the account your relay made for you, and check that it shows this code:</source>
        <translation>Sur la page du service, connectez-vous avec le compte créé par votre relais et vérifiez qu’elle affiche ce code :</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/widgets/product_text.py"/>
        <source>Sign in to know whether you may use it.</source>
        <translation>Connectez-vous pour savoir si vous pouvez l’utiliser.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/transfer/downloads.py"/>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>Sign in to open images.</source>
        <translation>Connectez-vous pour ouvrir les images.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>Sign in to unlock it.</source>
        <translation>Connectez-vous pour le déverrouiller.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/send.py"/>
        <source>Sign in with that account: what became of the request will be checked.</source>
        <translation>Connectez-vous avec ce compte : le sort de la demande sera vérifié.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Sign in with the key</source>
        <translation>Se connecter avec la clé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Sign in with your account first</source>
        <translation>Connectez-vous d’abord avec votre compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/requests/tracker.py"/>
        <source>Sign in, then confirm it.</source>
        <translation>Connectez-vous, puis confirmez-la.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/saved.py"/>
        <location filename="../dinamis_qgis/gui/search/query/more_filters.py"/>
        <source>Sign in: the service then tells which licences you hold.</source>
        <translation>Connectez-vous : le service indiquera alors vos licences.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Sign out</source>
        <translation>Se déconnecter</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Sign-in</source>
        <translation>Connexion</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Sign-in code: {code}</source>
        <translation>Code de connexion : {code}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Sign-in expired</source>
        <translation>Connexion expirée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>Sign-in kept</source>
        <translation>Connexion gardée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Signed in</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Signed in, name unknown</source>
        <translation>Connecté, nom inconnu</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Signed in, with something missing</source>
        <translation>Connecté, mais il manque quelque chose</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Signing</source>
        <translation>Signature</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Signing in…</source>
        <translation>Connexion en cours…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>Silent</source>
        <translation>Sans activité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Simplify ({change})</source>
        <translation>Simplifier ({change})</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Simplify the outline.</source>
        <translation>Simplifiez le contour.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/filters.py"/>
        <source>Since {date}</source>
        <translation>Depuis {date}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <source>Single image</source>
        <translation>Image simple (mono)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/list_import.py"/>
        <source>SIREN and SIRET are not of the same organisation.</source>
        <translation>Le SIREN et le SIRET ne sont pas du même organisme.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/new_entity.py"/>
        <source>SIRET</source>
        <translation>SIRET</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/new_entity.py"/>
        <source>SIRET, SIREN or name</source>
        <translation>SIRET, SIREN ou nom</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/mode_slider.py"/>
        <source>Size of the glass</source>
        <translation>Taille de la loupe</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/form.py"/>
        <source>Smallest area</source>
        <translation>Surface minimale</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <source>Smallest area (ha; default: as fits what is looked for)</source>
        <translation>Surface minimale (ha ; par défaut : selon ce qui est cherché)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Smallest zone (m²)</source>
        <translation>Plus petite zone (m²)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/register.py"/>
        <source>somebody else</source>
        <translation>quelqu’un d’autre</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/tasks.py"/>
        <location filename="../dinamis_qgis/core/transfer/outcome.py"/>
        <source>Something unexpected went wrong in the DINAMIS plugin.</source>
        <translation>Un problème inattendu est survenu dans l’extension DINAMIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>Sort</source>
        <translation>Tri</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>sort:</source>
        <translation>tri :</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/footer.py"/>
        <source>Sorted by {criterion}</source>
        <translation>Tri : {criterion}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Split it into several requests.</source>
        <translation>Répartissez-la en plusieurs demandes.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/map/footprint_style.py"/>
        <source>SPOT, licence not held</source>
        <translation>SPOT, sans licence</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/map/footprint_style.py"/>
        <source>SPOT, on the map</source>
        <translation>SPOT, sur la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Spyglass</source>
        <translation>Loupe</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/alignment.py"/>
        <source>Standard error (m)</source>
        <translation>Erreur type (m)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/device.py"/>
        <source>Start again to get a new code.</source>
        <translation>Recommencez pour obtenir un nouveau code.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Start this exercise again</source>
        <translation>Recommencer cet exercice</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>Starting…</source>
        <translation>Démarrage…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <location filename="../dinamis_qgis/processing/submitrequest.py"/>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>State service</source>
        <translation>Service de l’État</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/by_hand.py"/>
        <source>State your relay told you</source>
        <translation>État donné par votre relais</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>step {number} of {count}</source>
        <translation>étape {number} sur {count}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/results_dialog.py"/>
        <source>Steps passed</source>
        <translation>Étapes réussies</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>steps passed over</source>
        <translation>étapes sautées</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/query_bar.py"/>
        <source>stereo</source>
        <translation>stéréo</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <source>Stereo (two views)</source>
        <translation>Stéréo (deux vues)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/panel.py"/>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/store.py"/>
        <location filename="../dinamis_qgis/core/tasking/register/register.py"/>
        <source>Stop editing it there, then try again.</source>
        <translation>Quittez-y le mode édition, puis réessayez.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <source>Stop opening: nothing half is left</source>
        <translation>Arrêter l’ouverture : rien d’incomplet ne reste</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <source>Stopping…</source>
        <translation>Arrêt…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Streaming on this computer</source>
        <translation>Lecture en flux sur cet ordinateur</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/submitrequest.py"/>
        <source>Submit an acquisition request</source>
        <translation>Déposer une demande d’acquisition</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/filters.py"/>
        <source>Summer</source>
        <translation>Été</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <location filename="../dinamis_qgis/gui/support.py"/>
        <source>Support report</source>
        <translation>Rapport d’assistance</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Support report…</source>
        <translation>Rapport d’assistance…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>support-report.json</source>
        <translation>rapport-assistance.json</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/elevation/relief.py"/>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <source>Surface (with houses and trees)</source>
        <translation>Surface (bâtiments et arbres compris)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <source>Suspend the account</source>
        <translation>Suspendre le compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Suspend the adhesion</source>
        <translation>Suspendre l’adhésion</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <source>Suspended</source>
        <translation>Suspendu</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Swap the two images (X)</source>
        <translation>Échanger les deux images (X)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_place.py"/>
        <source>Swap them in QGIS (“Swap X and Y coordinates”), or, if the area really lies at {place}, open the file in QGIS and take the area from the layer.</source>
        <translation>Inversez-les dans QGIS (« Inverser les coordonnées X et Y ») ; ou, si la zone se trouve vraiment en {place}, ouvrez le fichier dans QGIS et prenez la zone depuis la couche.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Swipe at any angle</source>
        <translation>Volet oblique</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>Syndicat mixte</source>
        <translation>Syndicat mixte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/query_bar.py"/>
        <source>Take all filters off</source>
        <translation>Ôter tous les filtres</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>Take off the list</source>
        <translation>Retirer de la liste</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source>Take the area from features, a layer or a file</source>
        <translation>Prendre l’emprise dans des objets, une couche ou un fichier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/clip/clip.py"/>
        <source>Take the whole image.</source>
        <translation>Prenez l’image entière.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/adhesion.py"/>
        <source>Take these steps first, or say why they are not needed.</source>
        <translation>Passez d’abord ces étapes, ou dites pourquoi elles ne sont pas nécessaires.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/saved_menu.py"/>
        <source>Tell me what is new</source>
        <translation>Me signaler les nouveautés</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>Tell the partners…</source>
        <translation>Prévenir les partenaires…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/adapter_errors.py"/>
        <location filename="../dinamis_qgis/core/net/statuses.py"/>
        <location filename="../dinamis_qgis/core/relay/news.py"/>
        <source>Tell your relay if it lasts.</source>
        <translation>Si cela persiste, prévenez votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/adapters/stac_static.py"/>
        <source>Tell your relay: a catalogue of that size needs a STAC API.</source>
        <translation>Signalez-le à votre relais : un catalogue de cette taille demande une API STAC.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/adapters/stac_query.py"/>
        <source>Tell your relay: its profile or the service is at fault.</source>
        <translation>Prévenez votre relais : l’anomalie vient de son fichier de service ou du service lui-même.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/endpoints.py"/>
        <source>Tell your relay: this is a fault of the service or of the profile.</source>
        <translation>Prévenez votre relais : l’anomalie vient du service ou de son fichier de service.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/http.py"/>
        <location filename="../dinamis_qgis/core/net/urls.py"/>
        <location filename="../dinamis_qgis/core/tasking/channels/stapi.py"/>
        <source>Tell your relay: this is a fault of the service.</source>
        <translation>Prévenez votre relais : c’est une anomalie du service.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Template of the agreement</source>
        <translation>Modèle de l’avenant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/relay/territories.py"/>
        <source>Territories of the entities</source>
        <translation>Territoires des entités</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/write_news.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Text</source>
        <translation>Texte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>The account is deleted at the service. This cannot be undone.</source>
        <translation>Le compte est supprimé auprès du service. Cette action est irréversible.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>The account stays valid until the day you choose.</source>
        <translation>Le compte reste valable jusqu’au jour choisi.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/scim.py"/>
        <source>The account was changed elsewhere meanwhile.</source>
        <translation>Le compte a été modifié ailleurs entre-temps.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/accounts.py"/>
        <source>The account was changed elsewhere: it is “{theirs}” there, “{ours}” here.</source>
        <translation>Le compte a été modifié ailleurs : il y est « {theirs} », ici « {ours} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_tools.py"/>
        <source>The active layer holds no polygons.</source>
        <translation>La couche active ne contient pas de polygones.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>The address “{host}” is not found.</source>
        <translation>L’adresse « {host} » est introuvable.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/gif.py"/>
        <source>The animation could not be made.</source>
        <translation>L’animation n’a pas pu être créée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>The animation is ready.</source>
        <translation>L’animation est prête.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/body.py"/>
        <source>The answer of the service is too large.</source>
        <translation>La réponse du service est trop volumineuse.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/adapter_errors.py"/>
        <source>The answer of “{title}” could not be understood.</source>
        <translation>La réponse de « {title} » n’a pas été comprise.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/clip/clip.py"/>
        <source>The area cannot be used.</source>
        <translation>La zone n’est pas utilisable.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/clip/window.py"/>
        <source>The area does not touch this image.</source>
        <translation>La zone ne touche pas cette image.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>The area drawn</source>
        <translation>La zone dessinée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>The area goes beyond the antimeridian (180°).</source>
        <translation>L’emprise dépasse l’antiméridien (180°).</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>The area has %n hole(s); the service takes none.</source>
        <translation><numerusform>L’emprise a %n trou ; le service n’en accepte aucun.</numerusform><numerusform>L’emprise a %n trous ; le service n’en accepte aucun.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>The area has %n part(s); the service takes one.</source>
        <translation><numerusform>L’emprise a %n partie ; le service n’en accepte qu’une.</numerusform><numerusform>L’emprise a %n parties ; le service n’en accepte qu’une.</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>The area has %n tiny part(s).</source>
        <translation><numerusform>L’emprise a %n partie minuscule.</numerusform><numerusform>L’emprise a %n parties minuscules.</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>The area lies outside the French territories.</source>
        <translation>L’emprise est hors des territoires français.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>The area of the request</source>
        <translation>L’emprise de la demande</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_place.py"/>
        <source>The area of “{name}” cannot be placed on Earth.</source>
        <translation>L’emprise de « {name} » ne peut pas être située sur la Terre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_place.py"/>
        <source>The area of “{name}” lies beyond the Earth.</source>
        <translation>La zone de « {name} » se trouve hors de la Terre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>The areas are being counted…</source>
        <translation>Comptage des zones en cours…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/archive_view.py"/>
        <source>The catalogue cannot be asked now: {reason}</source>
        <translation>Le catalogue n’est pas joignable : {reason}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/adapters/stac_query.py"/>
        <source>The catalogue does not answer as a STAC catalogue.</source>
        <translation>Le catalogue ne répond pas comme un catalogue STAC.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <source>The catalogue had not answered yet.</source>
        <translation>Le catalogue n’avait pas encore répondu.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/adapters/stac_io.py"/>
        <source>The catalogue sends in circles: its list never ends.</source>
        <translation>Le catalogue renvoie sans fin les mêmes pages.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/adapters/pager.py"/>
        <source>The catalogue sends products that were not asked for.</source>
        <translation>Le catalogue envoie des produits qui n’ont pas été demandés.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>The catalogue was not asked.</source>
        <translation>Le catalogue n’a pas été interrogé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/search.py"/>
        <source>The catalogue “{title}” is of a kind this version does not know.</source>
        <translation>Le catalogue « {title} » est d’un type que cette version ne connaît pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>The charter is not accepted yet.</source>
        <translation>La charte n’est pas encore acceptée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/clip/strips.py"/>
        <source>the clipped image</source>
        <translation>l’image découpée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/local_file.py"/>
        <location filename="../dinamis_qgis/core/delivery/clouds.py"/>
        <source>The cloud mask cannot be read.</source>
        <translation>Le masque de nuages est illisible.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/deliver.py"/>
        <source>The cloud mask could not be read: {why}</source>
        <translation>Le masque de nuages n’a pas pu être lu : {why}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>The comparison sheet is ready; it is also among the project's layouts.</source>
        <translation>La fiche comparative est prête ; elle est aussi dans les mises en page du projet.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>The connection was cut.</source>
        <translation>La connexion a été coupée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>The connection with “{host}” was cut.</source>
        <translation>La connexion avec « {host} » a été coupée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>The coordinates are not longitudes and latitudes.</source>
        <translation>Les coordonnées ne sont pas des longitudes et latitudes.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_place.py"/>
        <source>The coordinates of “{name}” are not in {system}, as it says.</source>
        <translation>Les coordonnées de « {name} » ne sont pas en {system}, contrairement à ce qu’il indique.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_place.py"/>
        <source>The coordinates of “{name}” look swapped: latitude before longitude.</source>
        <translation>Les coordonnées de « {name} » semblent inversées : latitude avant longitude.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <source>The delivery is open: {name}.</source>
        <translation>La livraison est ouverte : {name}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>The disk is full: “{path}” could not be written.</source>
        <translation>Le disque est plein : « {path} » n’a pas pu être écrit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/fetch.py"/>
        <source>The disk is too full: {needed} MB are needed, {free} MB are free.</source>
        <translation>Disque trop plein : il faut {needed} Mo, il en reste {free}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <source>The draft is kept as it is</source>
        <translation>Le brouillon est conservé tel quel</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/write_news.py"/>
        <source>The entry is put at the top of an Atom file. Put this file where the profile of your partners says that the news are.</source>
        <translation>L’entrée s’ajoute en tête d’un fichier Atom. Déposez ce fichier à l’adresse des actualités indiquée par le profil de vos partenaires.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>The exercise opens a project of its own. Your project has changes that are not saved.</source>
        <translation>L’exercice ouvre son propre projet. Le vôtre contient des modifications qui ne sont pas enregistrées.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/request.py"/>
        <source>The feature has no area.</source>
        <translation>L’objet n’a pas de surface.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>The file has changed since it was shown.</source>
        <translation>Le fichier a changé depuis qu’il a été montré.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/fetch/partial_file.py"/>
        <source>The file is too large for this disk: “{path}” could not be written.</source>
        <translation>Le fichier est trop gros pour ce disque : « {path} » n’a pas pu être écrit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>The first and the last day are days of legal French time, both included.</source>
        <translation>Le premier et le dernier jour s’entendent en heure légale française, tous deux compris.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>The folder to hand over is being made…</source>
        <translation>Le dossier à transmettre se prépare…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>The folder to hand over is ready: images, project, credits.</source>
        <translation>Le dossier à transmettre est prêt : images, projet, mentions.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/grid.py"/>
        <location filename="../dinamis_qgis/core/elevation/profile_line.py"/>
        <source>The height model does not know this place.</source>
        <translation>Le modèle ne couvre pas cet endroit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/help.py"/>
        <source>The help pages are not installed.</source>
        <translation>Les pages d’aide ne sont pas installées.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>The identity of “{host}” cannot be checked (certificate).</source>
        <translation>L’identité de « {host} » ne peut pas être vérifiée (certificat).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/clip/strips.py"/>
        <source>The image cannot be read at its source.</source>
        <translation>L’image n’est pas lisible à la source.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/vrt.py"/>
        <source>The image cannot be read to its end.</source>
        <translation>L’image ne peut pas être lue jusqu’au bout.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>The image cannot be read.</source>
        <translation>L’image est illisible.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/mosaic.py"/>
        <source>The image file “{name}” is damaged or not the one described.</source>
        <translation>Le fichier image « {name} » est endommagé ou n’est pas celui décrit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>The image will be for all of you. Please tell us if this does not suit you.</source>
        <translation>L’image sera pour vous tous. Dites-nous si cela ne vous convient pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>The imagery cache is empty.</source>
        <translation>Le cache d’images est vide.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/sheet.py"/>
        <source>The images are not ready yet.</source>
        <translation>Les images ne sont pas encore prêtes.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/archive_view.py"/>
        <source>The images under your licences that cover the most of the area</source>
        <translation>Les images sous vos licences qui couvrent le mieux l’emprise</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>The joint request is kept; each need says that it was joined.</source>
        <translation>La demande commune est gardée ; chaque besoin indique qu’il a été mutualisé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>The key is created. Copy its secret now: it is shown this once and kept nowhere.</source>
        <translation>La clé est créée. Copiez son secret maintenant : il n’est montré qu’une fois et n’est gardé nulle part.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <source>The key is sent to {host} only.</source>
        <translation>La clé n’est envoyée qu’à {host}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>The last day on which a new image is still of use</source>
        <translation>Le dernier jour où une nouvelle image est encore utile</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>The layer is reloaded.</source>
        <translation>La couche est rechargée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/downloadproducts.py"/>
        <source>The layer to clip by has no polygon.</source>
        <translation>La couche de découpe n’a pas de polygone.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/geometry/convert.py"/>
        <location filename="../dinamis_qgis/bridge/geometry/layer_features.py"/>
        <source>The layer “{name}” has too many features.</source>
        <translation>La couche « {name} » a trop d’objets.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/geometry/convert.py"/>
        <location filename="../dinamis_qgis/bridge/geometry/layer_area.py"/>
        <location filename="../dinamis_qgis/bridge/geometry/layer_features.py"/>
        <source>The layer “{name}” holds no polygon.</source>
        <translation>La couche « {name} » ne contient pas de polygone.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/report.py"/>
        <source>The likely cause: {title}. {said}</source>
        <translation>La cause probable : {title}. {said}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>The line is too slow for this image.</source>
        <translation>La connexion est trop lente pour cette image.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/body.py"/>
        <source>The line is too slow.</source>
        <translation>La connexion est trop lente.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>The line or the proxy is slow: download rather than stream.</source>
        <translation>La ligne ou le proxy est lent : téléchargez plutôt que de lire en flux.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/run/worker.py"/>
        <source>The list is incomplete: the catalogue stopped answering.</source>
        <translation>La liste est incomplète : le catalogue a cessé de répondre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/plan_bar.py"/>
        <source>The list is not complete: load all of it, then plan again.</source>
        <translation>La liste n’est pas complète : chargez tout, puis refaites le plan.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/queue.py"/>
        <source>The list of downloads (“{path}”) was made by a newer version of the plugin.</source>
        <translation>La liste des téléchargements (« {path} ») vient d’une version plus récente de l’extension.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/queue.py"/>
        <source>The list of downloads could not be written (“{path}”).</source>
        <translation>La liste des téléchargements n’a pas pu être écrite (« {path} »).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/geometry/extent.py"/>
        <source>The map has no coordinate reference system, so its place on Earth is unknown.</source>
        <translation>La carte n’a pas de système de coordonnées : on ne sait pas où elle se trouve.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/geometry/extent.py"/>
        <source>The map shows a place that is not on Earth in this projection.</source>
        <translation>Dans cette projection, la carte montre un endroit qui n’est pas sur Terre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/geometry/extent.py"/>
        <source>The map shows no place yet.</source>
        <translation>La carte ne montre encore aucun lieu.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/list_import.py"/>
        <source>The name is missing.</source>
        <translation>Le nom manque.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/local_catalogue/naming.py"/>
        <source>The name must hold {field}: two products must not share a folder.</source>
        <translation>Le nom doit contenir {field} : deux produits ne peuvent pas partager un dossier.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>The nearer to the vertical, the fewer leaning buildings.</source>
        <translation>Plus on est près de la verticale, moins les bâtiments s’inclinent.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>The outline crosses itself.</source>
        <translation>Le contour se croise.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>The outline is not valid.</source>
        <translation>Le contour n’est pas valide.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>The outline is sound.</source>
        <translation>Le contour est valide.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>The period begins in the past.</source>
        <translation>La période commence dans le passé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>The period ends before it begins.</source>
        <translation>La période se termine avant de commencer.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>The person cannot sign in and reads the reason.</source>
        <translation>La personne ne pourra pas se connecter et lira le motif.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>The person is signed out, cannot sign in any more and reads the reason.</source>
        <translation>La personne est déconnectée, ne peut plus se connecter et lit le motif.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>The person may use the products of the licences you choose.</source>
        <translation>La personne peut utiliser les produits des licences choisies.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>The person will be able to sign in again.</source>
        <translation>La personne pourra de nouveau se connecter.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>The person will be able to sign in.</source>
        <translation>La personne pourra se connecter.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>The person will work in the name of the other entity.</source>
        <translation>La personne travaillera au nom de l’autre entité.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/plan_bar.py"/>
        <source>The plan could not be made</source>
        <translation>Le plan n’a pas pu être établi</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/adapters/stac_io.py"/>
        <source>The products already received are shown. Tell your relay if it lasts.</source>
        <translation>Les produits déjà reçus sont affichés. Prévenez votre relais si cela dure.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>The products searched for are those that touch this area of {size}.</source>
        <translation>Les produits cherchés sont ceux qui touchent cette emprise de {size}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>The products searched for are those that touch what the map shows.</source>
        <translation>Les produits cherchés sont ceux qui touchent la vue de la carte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <source>The profile is in “{name}”.</source>
        <translation>Le profil est dans « {name} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>The profile names no licence for this product.</source>
        <translation>Le service ne nomme aucune licence pour ce produit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/profiles.py"/>
        <source>The profile “{name}” is not there.</source>
        <translation>Le service « {name} » est introuvable.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <location filename="../dinamis_qgis/core/net/statuses.py"/>
        <source>The proxy asks for a user name and a password.</source>
        <translation>Le proxy demande un nom d’utilisateur et un mot de passe.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>The proxy refuses or does not answer.</source>
        <translation>Le proxy refuse ou ne répond pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>The public register of organisations gave an answer that cannot be read.</source>
        <translation>L’annuaire public des organismes a donné une réponse illisible.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>The public register says that it is an administration.</source>
        <translation>L’annuaire public indique que c’est une administration.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>The public register says that it was closed.</source>
        <translation>L’annuaire public indique qu’il est fermé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/libraries.py"/>
        <source>The Python library “{name}” is missing from this QGIS.</source>
        <translation>La bibliothèque Python « {name} » manque dans ce QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/map/quicklook.py"/>
        <source>The quicklook of this product cannot be read.</source>
        <translation>L’aperçu de ce produit est illisible.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register/register.py"/>
        <source>The register of requests is in use by another program.</source>
        <translation>Le registre des demandes est utilisé par un autre programme.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register/register.py"/>
        <source>The register of requests was made by a newer version of the plugin.</source>
        <translation>Le registre des demandes vient d’une version plus récente de l’extension.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/request_layer.py"/>
        <location filename="../dinamis_qgis/core/tasking/register/register.py"/>
        <source>The register of requests “{path}” cannot be read.</source>
        <translation>Le registre des demandes « {path} » est illisible.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/store.py"/>
        <source>The relay register is in use by another program.</source>
        <translation>Le registre du relais est utilisé par un autre programme.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/store.py"/>
        <source>The relay register “{path}” is damaged and cannot be read.</source>
        <translation>Le registre du relais « {path} » est endommagé et illisible.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/postgis.py"/>
        <source>The relay's database cannot be reached.</source>
        <translation>La base du relais est injoignable.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/postgis.py"/>
        <source>The relay's database refused what was asked.</source>
        <translation>La base du relais a refusé l’opération.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/news.py"/>
        <source>The relay's news cannot be read.</source>
        <translation>Les actualités du relais sont illisibles.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/requests/tracker.py"/>
        <source>The request is kept: it leaves when the network is back.</source>
        <translation>La demande est conservée : elle partira au retour du réseau.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/requests/tracker.py"/>
        <source>The request was not cancelled: it goes on as it was.</source>
        <translation>La demande n’a pas été annulée : elle suit son cours.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/rpc.py"/>
        <source>The RPC model of this image cannot be used.</source>
        <translation>Le modèle RPC de cette image est inutilisable.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/store.py"/>
        <source>The same thing has just been added by somebody else.</source>
        <translation>Quelqu’un d’autre vient d’ajouter la même chose.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/empty_states.py"/>
        <source>The search did not succeed</source>
        <translation>La recherche n’a pas abouti</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/actions.py"/>
        <source>The searched area</source>
        <translation>La zone recherchée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/actions.py"/>
        <source>The searched area: {name}</source>
        <translation>La zone recherchée : {name}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source>The selected features</source>
        <translation>Les objets sélectionnés</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/scim.py"/>
        <source>The service already has an account of this name.</source>
        <translation>Le service a déjà un compte de ce nom.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>The service asks for “{name}”, which is not filled in.</source>
        <translation>Le service demande « {name} », qui n’est pas renseigné.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/review.py"/>
        <source>The service cannot be asked now: {reason} The request is kept and can be sent later.</source>
        <translation>Le service n’est pas joignable : {reason} La demande est conservée et pourra être envoyée plus tard.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/results/bars.py"/>
        <source>The service cannot sort this way: load all to be sure that the first are the first.</source>
        <translation>Le service ne sait pas trier ainsi : chargez tout pour être sûr que les premiers sont bien les premiers.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>The service did not say who you are: your body and your licences are not known here. What your account may open can be opened all the same.</source>
        <translation>Le service n’a pas dit qui vous êtes : votre organisme et vos licences ne sont pas connus ici. Ce que votre compte permet d’ouvrir reste accessible.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/send.py"/>
        <source>The service did not take the request.</source>
        <translation>Le service n’a pas accepté la demande.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/keys.py"/>
        <source>The service does not accept this API key.</source>
        <translation>Le service n’accepte pas cette clé d’API.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/statuses.py"/>
        <source>The service does not accept this request (error {status}).</source>
        <translation>Le service n’accepte pas cette requête (erreur {status}).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/scim.py"/>
        <source>The service does not accept this: “{detail}”</source>
        <translation>Le service ne l’accepte pas : « {detail} »</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channels/stapi.py"/>
        <source>The service does not let this request be cancelled.</source>
        <translation>Le service n’accepte pas d’annuler cette demande.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>The service does not look at: {field}.</source>
        <translation>Le service ne tient pas compte de : {field}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/request.py"/>
        <source>The service does not offer “{product}”.</source>
        <translation>Le service ne propose pas « {product} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/endpoints.py"/>
        <source>The service does not say clearly where to sign in.</source>
        <translation>Le service n’indique pas clairement où se connecter.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/widgets/product_text.py"/>
        <source>The service does not say which licence it needs: it decides when you open the product.</source>
        <translation>Le service ne dit pas quelle licence il faut : il décide à l’ouverture du produit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>The service does not say which licences this account holds.</source>
        <translation>Le service n’indique pas les licences de ce compte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>The service does not say which.</source>
        <translation>Le service ne dit pas lesquelles.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>The service does not take this value of {field}: {value}.</source>
        <translation>Le service n’accepte pas cette valeur ({field}) : {value}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/adapters/geodes.py"/>
        <location filename="../dinamis_qgis/core/catalogue/adapters/openspot.py"/>
        <location filename="../dinamis_qgis/core/catalogue/adapters/stac_io.py"/>
        <location filename="../dinamis_qgis/core/catalogue/adapters/stac_item.py"/>
        <location filename="../dinamis_qgis/core/net/body.py"/>
        <location filename="../dinamis_qgis/core/relay/activity.py"/>
        <location filename="../dinamis_qgis/core/relay/channels/scim.py"/>
        <location filename="../dinamis_qgis/core/tasking/channels/stapi.py"/>
        <source>The service gave an answer that cannot be read.</source>
        <translation>Le service a donné une réponse illisible.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>The service is being opened.</source>
        <translation>Le service est en cours d’ouverture.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>The service may be stopped; try again later.</source>
        <translation>Le service est peut-être arrêté ; réessayez plus tard.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>The service may count or refuse them: widen them or make the outline simpler.</source>
        <translation>Le service peut les compter ou les refuser : élargissez-les ou simplifiez le contour.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/accounts.py"/>
        <source>The service no longer has the account “{name}”.</source>
        <translation>Le service n’a plus le compte « {name} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channels/stapi.py"/>
        <source>The service no longer offers “{product}”.</source>
        <translation>Le service ne propose plus « {product} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/statuses.py"/>
        <source>The service refuses access.</source>
        <translation>Le service refuse l’accès.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/device.py"/>
        <source>The service refuses this account: “{reason}”</source>
        <translation>Le service refuse ce compte : « {reason} »</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/signing.py"/>
        <source>The service refuses this image to your account.</source>
        <translation>Le service refuse cette image à votre compte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>The service says where the catalogues, the sign-in and the requests are. Your relay may give you a file for its own.</source>
        <translation>Le service indique où sont les catalogues, la connexion et les demandes. Votre relais peut vous remettre le fichier de son propre service.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/http.py"/>
        <source>The service sends elsewhere what is meant for it alone.</source>
        <translation>Redirection vers une autre adresse : par sécurité, votre connexion n’y a pas été envoyée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/http.py"/>
        <source>The service sends in circles (too many redirects).</source>
        <translation>Le service redirige sans fin.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/scim.py"/>
        <source>The service sends its accounts without end.</source>
        <translation>Le service envoie ses comptes sans fin.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/http.py"/>
        <source>The service sends to an address that cannot be used.</source>
        <translation>Le service renvoie vers une adresse qui ne peut pas être utilisée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/http.py"/>
        <source>The service sends to an address that is not its own.</source>
        <translation>Le service redirige vers une adresse qui n’est pas la sienne.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/http.py"/>
        <source>The service sends to an address that is not protected (http).</source>
        <translation>Le service renvoie vers une adresse non protégée (http).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channels/stapi.py"/>
        <source>The service sends to another address.</source>
        <translation>Le service renvoie vers une autre adresse.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/checkrequest.py"/>
        <location filename="../dinamis_qgis/processing/listrequests.py"/>
        <source>The service was not asked: {reason}</source>
        <translation>Le service n’a pas été interrogé : {reason}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/quota.py"/>
        <source>The service will tell you the cost, or how to share it.</source>
        <translation>Le service vous indiquera le coût ou comment le partager.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/alignment.py"/>
        <source>The shift is not sure enough to be corrected: the position of the second image is left as it is.</source>
        <translation>Le décalage n’est pas assez sûr pour être corrigé : la position de la seconde image reste inchangée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/device.py"/>
        <source>The sign-in code has expired.</source>
        <translation>Le code de connexion a expiré.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/tokens.py"/>
        <source>The sign-in service gave an answer that cannot be used.</source>
        <translation>Le service de connexion a donné une réponse inutilisable.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/tokens.py"/>
        <source>The sign-in service refuses (“{error}”).</source>
        <translation>Le service de connexion refuse (« {error} »).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/proof.py"/>
        <source>The sign-in service takes too long to answer.</source>
        <translation>Le service de connexion met trop de temps à répondre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/device.py"/>
        <source>The sign-in was refused on the page.</source>
        <translation>La connexion a été refusée sur la page.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/signing.py"/>
        <source>The signing service gave an answer that cannot be used.</source>
        <translation>Le service qui autorise l’accès aux images a donné une réponse inutilisable.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>The storage does not answer as it should.</source>
        <translation>Le stockage ne répond pas comme il le devrait.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/fetch/responses.py"/>
        <source>The storage gave an answer that cannot be used.</source>
        <translation>Le stockage a donné une réponse inutilisable.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>The storage refuses this image to your account.</source>
        <translation>Le stockage refuse cette image à votre compte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/fetch/responses.py"/>
        <source>The storage stopped sending.</source>
        <translation>Le stockage a cessé d’envoyer les données.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>The system's keyring cannot be used.</source>
        <translation>Le trousseau du système est inutilisable.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>The system's keyring does not answer.</source>
        <translation>Le trousseau du système ne répond pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>The system's keyring is locked.</source>
        <translation>Le trousseau du système est verrouillé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/results_dialog.py"/>
        <source>The table is written.</source>
        <translation>Le tableau est écrit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/form.py"/>
        <source>The threshold that separates best what changed from the rest (Otsu), above the noise</source>
        <translation>Le seuil qui sépare le mieux ce qui a changé du reste (Otsu), au-dessus du bruit</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/mosaic.py"/>
        <source>The tiles do not fill the image: some are missing.</source>
        <translation>Les dalles ne couvrent pas toute l’image : il en manque.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/profiles.py"/>
        <source>The training service cannot start.</source>
        <translation>Le service de formation ne peut pas démarrer.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/before_after.py"/>
        <source>The two best images around this day are opened: clear, alike in season, both showing the place.</source>
        <translation>Les deux meilleures images autour de ce jour vont s’ouvrir : peu de nuages, saisons proches, lieu visible sur les deux.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/compound.py"/>
        <source>The two files of this product are not in the same coordinate system.</source>
        <translation>Les deux fichiers de ce produit ne sont pas dans le même système de coordonnées.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/compound.py"/>
        <source>The two files of this product do not cover the same place.</source>
        <translation>Les deux fichiers de ce produit ne couvrent pas le même lieu.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/scene.py"/>
        <source>The two images have no ground in common here.</source>
        <translation>Ici, les deux images n’ont aucune partie commune.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/surface_difference.py"/>
        <source>The two models have no ground in common.</source>
        <translation>Les deux modèles n’ont pas de terrain en commun.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>The use is not told.</source>
        <translation>L’usage n’est pas précisé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/register.py"/>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>The user name “{name}” is in use.</source>
        <translation>L’identifiant « {name} » est déjà pris.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/video.py"/>
        <source>The video could not be made.</source>
        <translation>La vidéo n’a pas pu être faite.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source>The whole active layer</source>
        <translation>Toute la couche active</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>The whole scene</source>
        <translation>La scène entière</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/relay/administration.py"/>
        <source>The word of the BE, told by the service.</source>
        <translation>Décision du BE, transmise par le service.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Their e-mail</source>
        <translation>Son courriel</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Their function</source>
        <translation>Sa fonction</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/conflict.py"/>
        <source>Theirs: {value}</source>
        <translation>La leur : {value}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/report.py"/>
        <source>Then:</source>
        <translation>Ensuite :</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/coregistration.py"/>
        <source>There are too few slopes to lay the two models on each other.</source>
        <translation>Il y a trop peu de pentes pour recaler les deux modèles.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/project/handover.py"/>
        <source>There is no image in these products.</source>
        <translation>Ces produits ne contiennent aucune image.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>There is no safe place for your sign-in here: it will be asked again when QGIS restarts.</source>
        <translation>Aucun endroit sûr ici pour garder votre connexion : elle sera redemandée au redémarrage de QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/adhesion.py"/>
        <source>There is no step to undo.</source>
        <translation>Il n’y a aucune étape à annuler.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/accounts.py"/>
        <source>There is no such action.</source>
        <translation>Cette action n’existe pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/local_catalogue/naming.py"/>
        <source>There is no “{name}”; what can be used: {names}.</source>
        <translation>« {name} » n’existe pas ; vous pouvez utiliser : {names}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>These choices cannot go together.</source>
        <translation>Ces choix sont incompatibles.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>These dossiers were received already.</source>
        <translation>Ces dossiers étaient déjà reçus.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/fetch.py"/>
        <source>These heights are being fetched already.</source>
        <translation>Ce relief est déjà en cours de récupération.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/compound.py"/>
        <source>These images are not in the same coordinate system: they cannot be one mosaic.</source>
        <translation>Ces images ne sont pas dans le même système de coordonnées : elles ne peuvent pas former une mosaïque.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/compound.py"/>
        <source>These images do not count in the same unit: they cannot be one mosaic.</source>
        <translation>Ces images ne sont pas dans la même unité de mesure : elles ne peuvent pas former une mosaïque.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/add.py"/>
        <source>These images have different resolutions: the mosaic keeps the finest.</source>
        <translation>Ces images ont des résolutions différentes : la mosaïque garde la plus fine.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/project/restore.py"/>
        <source>They come back by themselves with the service.</source>
        <translation>Elles reviendront d’elles-mêmes avec le service.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/presets.py"/>
        <location filename="../dinamis_qgis/core/net/urls.py"/>
        <location filename="../dinamis_qgis/gui/search/results/thumbnails.py"/>
        <source>This address cannot be used.</source>
        <translation>Cette adresse ne peut pas être utilisée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/signing.py"/>
        <source>This address is not part of the service’s storage.</source>
        <translation>Cette adresse ne fait pas partie du stockage du service.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/geometry/convert.py"/>
        <location filename="../dinamis_qgis/gui/area/draw_tool.py"/>
        <source>This area cannot be placed on Earth.</source>
        <translation>Cette emprise ne peut pas être située sur la Terre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>This area does not touch the chosen products.</source>
        <translation>Cette zone ne touche pas les produits choisis.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/grid.py"/>
        <source>This area is empty.</source>
        <translation>Cette zone est vide.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/grid.py"/>
        <source>This area is too large: {km2} km² at {step} m; {most} km² at most.</source>
        <translation>Cette zone est trop grande : {km2} km² à {step} m, {most} km² au plus.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/keys.py"/>
        <source>This cannot be a key: copy it again, without spaces.</source>
        <translation>Ceci n’est pas une clé : recopiez-la, sans espace.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/exercises/actions.py"/>
        <source>This cannot be done yet.</source>
        <translation>Ce n’est pas encore possible.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/detect.py"/>
        <source>This comparison needs a near-infrared band in both images.</source>
        <translation>Cette comparaison demande une bande proche infrarouge dans les deux images.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/scene.py"/>
        <source>This coordinate system is not known.</source>
        <translation>Ce système de coordonnées n’est pas connu.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>This could not be checked.</source>
        <translation>N’a pas pu être vérifié.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/postgis.py"/>
        <source>This database has no PostGIS.</source>
        <translation>Cette base n’a pas PostGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/archive.py"/>
        <source>This delivery is being opened already.</source>
        <translation>Cette livraison est déjà en cours d’ouverture.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/local_catalogue/record.py"/>
        <source>This download cannot be read any more.</source>
        <translation>Ce téléchargement n’est plus lisible.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/queue.py"/>
        <source>This download failed.</source>
        <translation>Ce téléchargement a échoué.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/exercises/read.py"/>
        <source>This exercise file is not valid.</source>
        <translation>Ce fichier d’exercice n’est pas valide.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/list_import.py"/>
        <source>This file is too large to be such a list.</source>
        <translation>Ce fichier est trop gros pour être une telle liste.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>This folder cannot be written to.</source>
        <translation>On ne peut pas écrire dans ce dossier.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/find.py"/>
        <source>This folder holds too many files.</source>
        <translation>Ce dossier contient trop de fichiers.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/open.py"/>
        <location filename="../dinamis_qgis/core/change/scene.py"/>
        <source>This image cannot be read.</source>
        <translation>Cette image est illisible.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/reader.py"/>
        <source>This image has no band {number}.</source>
        <translation>Cette image n’a pas de bande {number}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/clip/clip.py"/>
        <source>This image has no map grid to clip by.</source>
        <translation>Cette image n’a pas de grille cartographique : elle ne peut pas être découpée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/presets.py"/>
        <source>This image has no near-infrared band.</source>
        <translation>Cette image n’a pas de bande proche infrarouge.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/scene.py"/>
        <source>This image has no position on the map.</source>
        <translation>Cette image n’est pas géoréférencée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/mosaic.py"/>
        <source>This image is in raw geometry (level SEN) and its RPC model is missing: it cannot be placed on a map.</source>
        <translation>Cette image est en géométrie brute (niveau SEN) et son modèle RPC manque : elle ne peut pas être placée sur une carte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>This image was replaced by another version on the service.</source>
        <translation>Cette image a été remplacée par une autre version sur le service.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/availability.py"/>
        <source>This is a map service: it is shown on the map, it has no file to download.</source>
        <translation>C’est un service cartographique : il s’affiche sur la carte, sans fichier à télécharger.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/adapters/stac_query.py"/>
        <source>This is a static catalogue.</source>
        <translation>Ce catalogue est statique.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/support.py"/>
        <source>This is all the report says. It holds no password, no key and no name. Copy it into a message to your relay.</source>
        <translation>Voici tout ce que dit le rapport. Il ne contient ni mot de passe, ni clé, ni nom. Copiez-le dans un message à votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/register.py"/>
        <source>This is no longer in the register.</source>
        <translation>Cet élément n’est plus dans le registre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>This is not a folder.</source>
        <translation>Ce n’est pas un dossier.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/keys.py"/>
        <source>This is not an API key.</source>
        <translation>Ceci n’est pas une clé d’API.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/profile_line.py"/>
        <source>This line has no length.</source>
        <translation>Cette ligne n’a pas de longueur.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/accounts.py"/>
        <source>This may already have reached the service: settle it first.</source>
        <translation>Le service l’a peut-être déjà reçue : vérifiez d’abord ce qu’il en est.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>This month</source>
        <translation>Ce mois-ci</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/local_catalogue/naming.py"/>
        <source>This name holds characters that folders cannot have.</source>
        <translation>Ce nom contient des caractères interdits dans un nom de dossier.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/wmts.py"/>
        <location filename="../dinamis_qgis/core/catalogue/fetch.py"/>
        <source>This product belongs to a catalogue that your profile does not have.</source>
        <translation>Ce produit vient d’un catalogue que votre service n’a pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/transfer/downloads.py"/>
        <source>This product belongs to another service.</source>
        <translation>Ce produit appartient à un autre service.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>This product has no file to download.</source>
        <translation>Ce produit n’a pas de fichier à télécharger.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/add.py"/>
        <source>This product has no file “{key}”.</source>
        <translation>Ce produit n’a pas de fichier « {key} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/presets.py"/>
        <location filename="../dinamis_qgis/bridge/transfer/deliveries.py"/>
        <source>This product has no image file to show.</source>
        <translation>Ce produit n’a pas de fichier image à afficher.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/map/quicklook.py"/>
        <source>This product has no quicklook to show.</source>
        <translation>Ce produit n’a pas d’aperçu à afficher.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/scim.py"/>
        <source>This profile does not say where accounts are moderated.</source>
        <translation>Ce service n’indique pas où modérer les comptes.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/endpoints.py"/>
        <source>This profile does not say where to sign in.</source>
        <translation>Ce service n’indique pas où se connecter.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/profile/read.py"/>
        <source>This profile file is not valid.</source>
        <translation>Ce fichier de service n’est pas valide.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/search.py"/>
        <source>This profile has no catalogue to search.</source>
        <translation>Ce service n’a aucun catalogue à interroger.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/profile/read.py"/>
        <source>This profile has the name of a built-in one (“{id}”).</source>
        <translation>Ce service porte le nom d’un service intégré (« {id} »).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/quota.py"/>
        <source>this quarter</source>
        <translation>ce trimestre</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/store.py"/>
        <source>This register was made by a newer version of the plugin: it can only be read.</source>
        <translation>Ce registre vient d’une version plus récente de l’extension : il ne peut qu’être lu.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register/register.py"/>
        <source>This request cannot be read any more.</source>
        <translation>Cette demande ne peut plus être lue.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register/register.py"/>
        <source>This request has already been sent.</source>
        <translation>Cette demande a déjà été envoyée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/send.py"/>
        <source>This request has not been confirmed.</source>
        <translation>Cette demande n’a pas été confirmée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register/register.py"/>
        <source>This request has not been sent yet.</source>
        <translation>Cette demande n’a pas encore été envoyée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register/register.py"/>
        <source>This request is no longer in the register.</source>
        <translation>Cette demande n’est plus dans le registre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/send.py"/>
        <source>This request was being sent by {account}.</source>
        <translation>Cette demande était en cours d’envoi par {account}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/send.py"/>
        <source>This request was confirmed by {account}.</source>
        <translation>Cette demande a été confirmée par {account}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>This satellite does not offer this mode.</source>
        <translation>Ce satellite ne propose pas ce mode.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>This secret is too long for the system's keyring.</source>
        <translation>Ce secret est trop long pour le trousseau du système.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channel.py"/>
        <source>This service cannot cancel a request by itself.</source>
        <translation>Ce service ne permet pas d’annuler une demande directement.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/accounts.py"/>
        <source>This service does not keep what would be changed: {names}.</source>
        <translation>Ce service ne conserve pas ce qui serait modifié : {names}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>This service is in use</source>
        <translation>Ce service est en cours d’utilisation</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>This service is used with an API key.</source>
        <translation>Ce service s’utilise avec une clé d’API.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>This service names no public register of organisations.</source>
        <translation>Ce service n’indique aucun annuaire public des organismes.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channel.py"/>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <location filename="../dinamis_qgis/gui/requests/draft/review.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>This service takes no acquisition requests.</source>
        <translation>Ce service n’accepte pas de demandes d’acquisition.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/submitrequest.py"/>
        <source>This service takes requests as a dossier, not by itself.</source>
        <translation>Ce service accepte les demandes sous forme de dossier uniquement.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/adapters/stac_static.py"/>
        <source>This static catalogue is too large to be read file by file.</source>
        <translation>Ce catalogue statique est trop volumineux pour être lu fichier par fichier.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/register.py"/>
        <source>This step has already been undone.</source>
        <translation>Cette étape a déjà été annulée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>This system has no usable keyring.</source>
        <translation>Ce système n’a pas de trousseau utilisable.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channel.py"/>
        <source>This version of the plugin cannot moderate the accounts of this service.</source>
        <translation>Cette version de l’extension ne sait pas modérer les comptes de ce service.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/form.py"/>
        <source>This view, at its resolution</source>
        <translation>La vue de la carte, à sa résolution</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/adhesion.py"/>
        <source>This would pass over: {steps}.</source>
        <translation>Ces étapes seraient sautées : {steps}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/quota.py"/>
        <source>this year</source>
        <translation>cette année</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/adapters/pager.py"/>
        <source>Those of your area are shown as far as they came. Tell your relay if it lasts.</source>
        <translation>Ceux de votre zone sont affichés, dans la mesure où ils sont arrivés. Si cela dure, prévenez votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/export.py"/>
        <location filename="../dinamis_qgis/compare/change/form.py"/>
        <source>Threshold</source>
        <translation>Seuil</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <source>Threshold (default: automatic)</source>
        <translation>Seuil (par défaut : automatique)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <source>Threshold used</source>
        <translation>Seuil utilisé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/sheet.py"/>
        <source>Threshold {threshold}, smallest area {unit}, pixel {metres} m, after alignment and relative normalisation</source>
        <translation>Seuil {threshold}, surface minimale {unit}, pixel de {metres} m, après alignement et normalisation relative</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/sheet.py"/>
        <source>Threshold {threshold}, smallest area {unit}, pixel {metres} m, after relative normalisation; images not aligned</source>
        <translation>Seuil {threshold}, surface minimale {unit}, pixel de {metres} m, après normalisation relative ; images non alignées</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>Tick at least one file.</source>
        <translation>Cochez au moins un fichier.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Time left to sign in</source>
        <translation>Temps restant pour se connecter</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <location filename="../dinamis_qgis/gui/relay/write_news.py"/>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <location filename="../dinamis_qgis/processing/comparisonsheet.py"/>
        <location filename="../dinamis_qgis/processing/request.py"/>
        <source>Title</source>
        <translation>Titre</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>title</source>
        <translation>titre</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <location filename="../dinamis_qgis/gui/search/query/filters.py"/>
        <location filename="../dinamis_qgis/processing/request.py"/>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>To</source>
        <translation>Au</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>To &amp;see</source>
        <translation>À &amp;voir</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <source>To be checked</source>
        <translation>À vérifier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/findings.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>To be corrected</source>
        <translation>À corriger</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>To be mended</source>
        <translation>À corriger</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <source>To be moderated</source>
        <translation>À modérer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>To be moderated: {count}</source>
        <translation>À modérer : {count}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>To the entity</source>
        <translation>Vers l’entité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Too large: {area}, {limit} at most.</source>
        <translation>Trop grande : {area} pour {limit} au plus.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/normalise.py"/>
        <source>Too little ground is visible in both images to compare them.</source>
        <translation>Trop peu de sol est visible dans les deux images pour les comparer.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/align.py"/>
        <source>Too little ground is visible in both images to measure their shift.</source>
        <translation>Trop peu de sol est visible dans les deux images pour mesurer leur décalage.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Too many vertices: {count}, {most} at most.</source>
        <translation>Trop de sommets : {count} pour {most} au plus.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Too narrow: {width} km, {limit} km at least (smallest rectangle around it).</source>
        <translation>Trop étroite : {width} km pour {limit} km au moins (plus petit rectangle englobant).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Too small: {area}, {limit} at least.</source>
        <translation>Trop petite : {area} pour {limit} au moins.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <source>Total area (ha)</source>
        <translation>Surface totale (ha)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>trainer</source>
        <translation>formateur</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Training service: this page opens on this computer only. On the real service, a phone may scan the code.</source>
        <translation>Service de formation : cette page ne s’ouvre que sur cet ordinateur. Avec le vrai service, un téléphone peut scanner ce code.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <source>Tri-stereo (three views)</source>
        <translation>Tri-stéréo (trois vues)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>tries again by itself in {count} s</source>
        <translation>nouvel essai automatique dans {count} s</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Trust and use</source>
        <translation>Faire confiance et utiliser</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <location filename="../dinamis_qgis/gui/search/results/empty_states.py"/>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/statuses.py"/>
        <source>Try again in a minute.</source>
        <translation>Réessayez dans une minute.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/keys.py"/>
        <source>Try again in an hour.</source>
        <translation>Réessayez dans une heure.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/proof.py"/>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <location filename="../dinamis_qgis/core/net/statuses.py"/>
        <location filename="../dinamis_qgis/core/transfer/fetch/responses.py"/>
        <source>Try again later.</source>
        <translation>Réessayez plus tard.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/fetch/responses.py"/>
        <source>Try again later: what was fetched is kept.</source>
        <translation>Réessayez plus tard : ce qui a été reçu est conservé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/service.py"/>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <location filename="../dinamis_qgis/core/transfer/fetch/responses.py"/>
        <location filename="../dinamis_qgis/core/transfer/fetch/whole_file.py"/>
        <source>Try again later; if it lasts, tell your relay.</source>
        <translation>Réessayez plus tard ; si cela dure, prévenez votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/sheet.py"/>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <location filename="../dinamis_qgis/core/net/body.py"/>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <location filename="../dinamis_qgis/core/transfer/queue.py"/>
        <source>Try again.</source>
        <translation>Réessayez.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/postgis.py"/>
        <source>Try again; if it lasts, ask whoever runs the database.</source>
        <translation>Réessayez ; si cela persiste, demandez à l’administrateur de la base.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/tasks.py"/>
        <location filename="../dinamis_qgis/core/transfer/outcome.py"/>
        <source>Try again; if it lasts, send the support report to your relay.</source>
        <translation>Réessayez ; si cela dure, envoyez le rapport d’assistance à votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/open.py"/>
        <location filename="../dinamis_qgis/bridge/layers/wmts.py"/>
        <location filename="../dinamis_qgis/core/account/tokens.py"/>
        <location filename="../dinamis_qgis/core/catalogue/adapters/geodes.py"/>
        <location filename="../dinamis_qgis/core/catalogue/adapters/openspot.py"/>
        <location filename="../dinamis_qgis/core/catalogue/adapters/stac_io.py"/>
        <location filename="../dinamis_qgis/core/change/scene.py"/>
        <location filename="../dinamis_qgis/core/imagery/signing.py"/>
        <location filename="../dinamis_qgis/core/net/body.py"/>
        <location filename="../dinamis_qgis/core/relay/channels/scim.py"/>
        <location filename="../dinamis_qgis/core/tasking/channels/stapi.py"/>
        <location filename="../dinamis_qgis/core/transfer/fetch/responses.py"/>
        <source>Try again; if it lasts, tell your relay.</source>
        <translation>Réessayez ; si cela dure, prévenez votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>trying again</source>
        <translation>nouvel essai en cours</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Two views of the same place: stereo.</source>
        <translation>Deux vues du même lieu : stéréo.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Under way</source>
        <translation>En cours</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/requests/tracker.py"/>
        <location filename="../dinamis_qgis/gui/search/query/saved_menu.py"/>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Undo the last step</source>
        <translation>Annuler la dernière étape</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/adhesion.py"/>
        <source>Undo the last step first.</source>
        <translation>Annulez d’abord la dernière étape.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Undo the last step…</source>
        <translation>Annuler la dernière étape…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>undone by {who}: {reason}</source>
        <translation>annulée par {who} : {reason}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Unlock the keyring of your session, then check again.</source>
        <translation>Déverrouillez le trousseau de votre session, puis vérifiez de nouveau.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/archive.py"/>
        <source>Unpack it with 7-Zip (open the first volume, that ends in .001 or .zip, all volumes beside it), then open the folder here.</source>
        <translation>Décompressez-la avec 7-Zip (ouvrez le volume en .001 ou en .zip, tous les volumes dans le même dossier), puis ouvrez ici le dossier obtenu.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/archive.py"/>
        <source>Unpack it with 7-Zip, then open the folder here.</source>
        <translation>Décompressez-la avec 7-Zip, puis ouvrez le dossier ici.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/find.py"/>
        <source>Unpacking {name}…</source>
        <translation>Décompression de {name}…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>Until</source>
        <translation>Jusqu’au</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>until QGIS closes: there is no safe place for it</source>
        <translation>jusqu’à la fermeture de QGIS : aucun endroit sûr pour la garder</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/filters.py"/>
        <source>Until {date}</source>
        <translation>Jusqu’à {date}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>Update</source>
        <translation>Actualiser</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channel.py"/>
        <location filename="../dinamis_qgis/core/relay/register/store.py"/>
        <source>Update the DINAMIS plugin.</source>
        <translation>Mettez à jour l’extension DINAMIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/search.py"/>
        <source>Update the plugin.</source>
        <translation>Mettez l’extension à jour.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Urban planning</source>
        <translation>Urbanisme</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <location filename="../dinamis_qgis/processing/request.py"/>
        <source>Use</source>
        <translation>Usage</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>use</source>
        <translation>usage</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/postgis.py"/>
        <source>Use small letters, digits and underscores.</source>
        <translation>Utilisez des minuscules, des chiffres et des tirets bas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/check.py"/>
        <source>Use the standard mode</source>
        <translation>Prendre le mode standard</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Use this service</source>
        <translation>Utiliser ce service</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>user</source>
        <translation>utilisateur</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/new_entity.py"/>
        <source>User group</source>
        <translation>Groupe d’utilisateurs</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>User name</source>
        <translation>Identifiant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>User name or e-mail</source>
        <translation>Identifiant ou courriel</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Usual settings.</source>
        <translation>Réglages habituels.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>Validate it at once: the person can sign in</source>
        <translation>Valider tout de suite : la personne peut se connecter</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <source>Validate the account</source>
        <translation>Valider le compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/result.py"/>
        <source>Vegetation (NDVI difference)</source>
        <translation>Végétation (différence de NDVI)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/style.py"/>
        <source>Vegetation index (NDVI)</source>
        <translation>Indice de végétation (NDVI)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/style.py"/>
        <source>Vegetation index (NDVI) {metres} m</source>
        <translation>Indice de végétation (NDVI) {metres} m</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Versions</source>
        <translation>Versions</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>Vertical swipe</source>
        <translation>Volet vertical</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>via {relay} (relay)</source>
        <translation>via {relay} (relais)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/archive_view.py"/>
        <source>View</source>
        <translation>Voir</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Volumes between two surface models</source>
        <translation>Volumes entre deux modèles de surface</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Volumes by zone</source>
        <translation>Volumes par zone</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/send.py"/>
        <source>Wait for it to end.</source>
        <translation>Attendez la fin de l’envoi.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/archive.py"/>
        <source>Wait until it is done.</source>
        <translation>Attendez qu’elle soit terminée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/fetch.py"/>
        <source>Wait until they are there.</source>
        <translation>Attendez qu’il soit là.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>Waiting for long</source>
        <translation>En attente depuis longtemps</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>Waiting for long ({count})</source>
        <translation>En attente depuis longtemps ({count})</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/model.py"/>
        <source>Waiting for the BE</source>
        <translation>En attente du BE</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Waiting for you on the page. Code valid for {minutes} min {seconds:02d} s.</source>
        <translation>En attente de votre réponse sur la page. Code valable encore {minutes} min {seconds:02d} s.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <location filename="../dinamis_qgis/gui/requests/draft/findings.py"/>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Warning</source>
        <translation>Avertissement</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/checkrequest.py"/>
        <source>Warnings</source>
        <translation>Avertissements</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Water, coast</source>
        <translation>Eau, littoral</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channels/dossier.py"/>
        <source>We need the image of this request too; please count us in rather than have it acquired twice:</source>
        <translation>Nous avons aussi besoin de l’image de cette demande ; merci de nous y associer plutôt que de la faire acquérir deux fois :</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Well done: every step is there.</source>
        <translation>Bravo : toutes les étapes y sont.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>What can be used: {names}; / makes subfolders.</source>
        <translation>Vous pouvez utiliser : {names} ; / crée des sous-dossiers.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/form.py"/>
        <location filename="../dinamis_qgis/compare/controls/bar.py"/>
        <source>What changed</source>
        <translation>Ce qui a changé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>What for</source>
        <translation>Usage</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>What is asked for</source>
        <translation>Ce qui est demandé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/panel.py"/>
        <source>What is left stays planned</source>
        <translation>Ce qui reste demeure prévu</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/import_dialog.py"/>
        <source>What is wrong</source>
        <translation>À corriger</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>what lies above</source>
        <translation>ce qui se superpose</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>What must be seen</source>
        <translation>Ce qui doit être visible</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>What must be seen, and what for</source>
        <translation>Ce qui doit être visible, et pour quoi faire</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>What the key is for</source>
        <translation>Usage de la clé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>What the map shows</source>
        <translation>Ce que montre la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <source>What to do</source>
        <translation>Que faire</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/report.py"/>
        <source>What to do: {remedy}</source>
        <translation>Que faire : {remedy}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/breaker.py"/>
        <source>What was already seen stays visible; the rest comes back with the network.</source>
        <translation>Ce qui a déjà été vu reste visible ; le reste reviendra avec le réseau.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/delivery.py"/>
        <source>What was found</source>
        <translation>Ce qui a été trouvé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>What was written does not come back.</source>
        <translation>Ce qui a été écrit ne revient pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/form.py"/>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/dossier_making.py"/>
        <source>Where to put the dossier</source>
        <translation>Dossier de destination</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/archive_view.py"/>
        <source>Whether images of this area exist is not known.</source>
        <translation>On ne sait donc pas s’il existe des images de cette zone.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/match.py"/>
        <source>Whether the service has received this request cannot be told from its list.</source>
        <translation>La liste du service ne permet pas de savoir s’il a reçu cette demande.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>Which accounts to show</source>
        <translation>Comptes à afficher</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>Which entities to show</source>
        <translation>Entités à afficher</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>Which requests to show</source>
        <translation>Demandes à afficher</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/project/handover.py"/>
        <source>Who may receive them</source>
        <translation>Qui peut les recevoir</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/form.py"/>
        <source>Whole images, full resolution</source>
        <translation>Images entières, pleine résolution</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/model.py"/>
        <source>whole scene</source>
        <translation>scène entière</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/card_menu.py"/>
        <source>Why is it locked? Ask for its licence…</source>
        <translation>Pourquoi ce cadenas ? Demander la licence…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>Why is it undone?</source>
        <translation>Pourquoi l’annuler ?</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Widen the area.</source>
        <translation>Élargissez l’emprise.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Widen the area; what is around it may serve neighbours.</source>
        <translation>Élargissez l’emprise ; les environs peuvent servir à vos voisins.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/shapes.py"/>
        <source>Width</source>
        <translation>Largeur</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Width: {width} km.</source>
        <translation>Largeur : {width} km.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/filters.py"/>
        <source>Winter</source>
        <translation>Hiver</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/quota.py"/>
        <source>with what the service shows</source>
        <translation>avec ce que montre le service</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/change.py"/>
        <source>Works</source>
        <translation>Travaux</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Works follow-up, PCRS</source>
        <translation>Suivi de travaux, PCRS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/result.py"/>
        <source>Works, bare or paved ground (PCRS)</source>
        <translation>Travaux, sol nu ou revêtu (PCRS)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>Wrap them all ({change})</source>
        <translation>Tout englober ({change})</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/write_news.py"/>
        <source>Write news</source>
        <translation>Écrire une actualité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entities_page.py"/>
        <source>Write news…</source>
        <translation>Écrire une actualité…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/relay/agreement.py"/>
        <source>Write the mail</source>
        <translation>Écrire le message</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/accounts.py"/>
        <source>Write to DINAMIS.</source>
        <translation>Écrivez à DINAMIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <location filename="../dinamis_qgis/gui/support.py"/>
        <source>Write to the relay</source>
        <translation>Écrire au relais</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/listrequests.py"/>
        <source>Writes the acquisition requests of this QGIS profile as polygons, with their state, its date and reason, their history and what was delivered. Requests under way are asked after first, where the service answers. Drafts without an area are left out.</source>
        <translation>Écrit en polygones les demandes d’acquisition de ce profil QGIS, avec leur état, sa date et sa raison, leur historique et les produits livrés. L’état des demandes en cours est d’abord demandé au service s’il répond. Les brouillons sans emprise sont omis.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>Writes, reads back and deletes</source>
        <translation>Écrit, relit et supprime</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/animation.py"/>
        <source>Writing the file…</source>
        <translation>Écriture du fichier…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/fetch.py"/>
        <source>Writing…</source>
        <translation>Écriture…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/relay/agreement.py"/>
        <source>Written: {names}. Attach what you want to the mail.</source>
        <translation>Enregistrés : {names}. Joignez ce que vous voulez au message.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/proof.py"/>
        <location filename="../dinamis_qgis/core/net/statuses.py"/>
        <source>You are no longer signed in.</source>
        <translation>Vous n’êtes plus connecté.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/postgis.py"/>
        <source>You are not allowed to write in the relay's database.</source>
        <translation>Vous n’avez pas le droit d’écrire dans la base du relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <source>You are not allowed to write in this folder.</source>
        <translation>Vous n’avez pas le droit d’écrire dans ce dossier.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>You are not allowed to write “{path}”.</source>
        <translation>Vous n’avez pas le droit d’écrire « {path} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/transfer/downloads.py"/>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>You are not signed in.</source>
        <translation>Vous n’êtes pas connecté.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/list_page.py"/>
        <source>You are not signed in: prepare your request, sign in to send it and to follow it.</source>
        <translation>Vous n’êtes pas connecté : préparez votre demande, puis connectez-vous pour l’envoyer et la suivre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/review.py"/>
        <source>You are not signed in: the dossier cannot name you, sign the message yourself.</source>
        <translation>Vous n’êtes pas connecté : le dossier ne peut pas vous nommer, signez vous-même le message.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/review.py"/>
        <source>You are not signed in: the request is kept as ready. It leaves once you have signed in and confirmed it.</source>
        <translation>Vous n’êtes pas connecté : la demande est gardée, prête. Elle partira quand vous serez connecté et l’aurez confirmée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/requests/tracker.py"/>
        <source>You are not signed in: the request stays ready to be sent.</source>
        <translation>Vous n’êtes pas connecté : la demande reste prête à envoyer.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>You are signed out on this computer. The service could not be told: it will end the sign-in by itself.</source>
        <translation>Vous êtes déconnecté de cet ordinateur. Le service n’a pas pu être prévenu : il mettra fin de lui-même à la connexion.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/new_entity.py"/>
        <source>You can fill in the fields by hand.</source>
        <translation>Vous pouvez remplir les champs à la main.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>You can search and see which images exist. To open or download them, your body must first accept the DINAMIS charter.</source>
        <translation>Vous pouvez rechercher et voir quelles images existent. Pour les ouvrir ou les télécharger, votre entité doit d’abord accepter la charte DINAMIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>You follow this request now. Send the message to your relay: it says that you need the image too.</source>
        <translation>Vous suivez maintenant cette demande. Envoyez le message à votre relais : il dit que vous avez aussi besoin de l’image.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>You will have to sign in again next time.</source>
        <translation>Il faudra vous reconnecter la prochaine fois.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/actions.py"/>
        <source>Your account does not hold the licence of one of them.</source>
        <translation>Votre compte n’a pas la licence de l’un d’eux.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/archive_view.py"/>
        <source>Your account does not hold the licence of this product: ask your relay.</source>
        <translation>Votre compte n’a pas la licence de ce produit : adressez-vous à votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>Your account does not hold the licence of this product: {licence}.</source>
        <translation>Votre compte n’a pas la licence de ce produit : {licence}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/actions.py"/>
        <source>Your account does not hold the licence of what is chosen.</source>
        <translation>Votre compte n’a pas la licence de ce qui est choisi.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/widgets/product_text.py"/>
        <source>Your account does not hold the licence “{licence}”.</source>
        <translation>Votre compte n’a pas la licence « {licence} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/widgets/product_text.py"/>
        <source>Your account holds this licence: {licence}</source>
        <translation>Votre compte a cette licence : {licence}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Your account will be used at: {hosts}.</source>
        <translation>Votre compte sera utilisé sur : {hosts}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/review.py"/>
        <source>Your entity has not accepted the DINAMIS charter yet: ask your relay.</source>
        <translation>Votre entité n’a pas encore accepté la charte DINAMIS : adressez-vous à votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>Your entity has not accepted the DINAMIS charter yet: images can be searched, not opened.</source>
        <translation>Votre entité n’a pas encore accepté la charte DINAMIS : vous pouvez rechercher des images, pas les ouvrir.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/report.py"/>
        <source>Your installation is in order as far as it could be checked.</source>
        <translation>Votre installation est en ordre, autant qu’on a pu le vérifier.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Your name (optional)</source>
        <translation>Votre nom (facultatif)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/form.py"/>
        <source>Your need</source>
        <translation>Votre besoin</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>Your needs can be served by one acquisition, which we propose to ask for:</source>
        <translation>Une seule acquisition peut servir vos besoins ; nous proposons de la demander :</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/fetch.py"/>
        <source>Your profile names no source of such heights.</source>
        <translation>Votre profil n’a aucune source pour ce relief.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>Your result is written. Give the file to your trainer.</source>
        <translation>Votre résultat est écrit. Remettez le fichier à votre formateur.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/proof.py"/>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>Your sign-in has expired.</source>
        <translation>Votre connexion a expiré.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/surfacechange.py"/>
        <source>Zones</source>
        <translation>Zones</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/change/align.py"/>
        <location filename="../dinamis_qgis/core/change/normalise.py"/>
        <source>Zoom out or move the map.</source>
        <translation>Dézoomez ou déplacez la carte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/card_menu.py"/>
        <source>Zoom to it</source>
        <translation>Zoomer dessus</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/search_area.py"/>
        <source>Zoom to the area</source>
        <translation>Zoomer sur l’emprise</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/geometry/extent.py"/>
        <source>Zoom to your area or add a background map, then search again.</source>
        <translation>Zoomez sur votre territoire ou ajoutez un fond de carte, puis relancez la recherche.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/geometry/extent.py"/>
        <source>Zoom to your area or choose another projection.</source>
        <translation>Zoomez sur votre territoire ou choisissez une autre projection.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/run/worker.py"/>
        <source>{answered} catalogues out of {count} have answered.</source>
        <translation>{answered} catalogues sur {count} ont répondu.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/run/worker.py"/>
        <source>{answered} of {count} catalogues</source>
        <translation>{answered} catalogues sur {count}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/comparisonsheet.py"/>
        <source>{area} ha in all</source>
        <translation>{area} ha au total</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/change/panel.py"/>
        <source>{area} in all</source>
        <translation>{area} au total</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/area/draw_tool.py"/>
        <source>{area} · right click or Enter ends, Backspace takes back, Esc gives up</source>
        <translation>{area} · clic droit ou Entrée : terminer, Retour arrière : annuler le dernier sommet, Échap : abandonner</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/area_bar.py"/>
        <source>{area} · {count} vertices</source>
        <translation>{area} · {count} sommets</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>{count} h left</source>
        <translation>encore {count} h</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>{count} min left</source>
        <translation>encore {count} min</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/run/worker.py"/>
        <source>{count} of {total}</source>
        <translation>{count} sur {total}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>{count} s left</source>
        <translation>encore {count} s</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>{count} vertices of {most} at most.</source>
        <translation>{count} sommets sur {most} au plus.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/plan_bar.py"/>
        <source>{covered} of {area} are covered, the rest is not.</source>
        <translation>{covered} sur {area} sont couverts, le reste ne l’est pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/widgets/product_text.py"/>
        <source>{date} (legal French time)</source>
        <translation>{date} (heure légale française)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>{days} days: clouds decide, the longer the surer.</source>
        <translation>{days} jours : la météo décide, plus c’est long, plus c’est sûr.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>{days} days: the shortest period the service takes.</source>
        <translation>{days} jours : la période la plus courte acceptée par le service.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>{day} at {hour}</source>
        <translation>{day} à {hour}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/step_dialog.py"/>
        <source>{entity}: noted in the register as “{step}”.</source>
        <translation>{entity} : noté dans le registre comme « {step} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/sheet.py"/>
        <source>{event}: from {first} to {second}</source>
        <translation>{event} : du {first} au {second}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/eligibility.py"/>
        <source>{form}: the register does not tell; contractors of a public body, research and associations with a public mission may be eligible. Ask DINAMIS.</source>
        <translation>{form} : l’annuaire ne permet pas de conclure. Un prestataire d’organisme public, la recherche ou une association chargée d’une mission de service public peuvent être éligibles. Demandez à DINAMIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>{free} GB free</source>
        <translation>{free} Go libres</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/chosen/plan_bar.py"/>
        <source>{gap} of {area} remain uncovered.</source>
        <translation>{gap} sur {area} restent à couvrir.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/downloadproducts.py"/>
        <source>{id}: outside the area, left out.</source>
        <translation>{id} : hors de la zone, laissé de côté.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <source>{km2} km² at {step} m, up to {size} MB on the disk.</source>
        <translation>{km2} km² à {step} m, jusqu’à {size} Mo sur le disque.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>{licence}: not held, ask your relay</source>
        <translation>{licence} : non détenue, demandez à votre relais</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>{licence}: open to everybody</source>
        <translation>{licence} : ouverte à tous</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/layers/tip.py"/>
        <source>{metres} a pixel</source>
        <translation>{metres} par pixel</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/shift_row.py"/>
        <source>{metres} m east</source>
        <translation>{metres} m vers l’est</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/shift_row.py"/>
        <source>{metres} m north</source>
        <translation>{metres} m vers le nord</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/metadata.py"/>
        <location filename="../dinamis_qgis/bridge/layouts/sheet.py"/>
        <source>{metres} m per pixel</source>
        <translation>{metres} m par pixel</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/shift_row.py"/>
        <source>{metres} m south</source>
        <translation>{metres} m vers le sud</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/controls/shift_row.py"/>
        <source>{metres} m west</source>
        <translation>{metres} m vers l’ouest</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/needs_page.py"/>
        <source>{names}: {km2} instead of {asked}, {saved} saved</source>
        <translation>{names} : {km2} au lieu de {asked}, {saved} gagnés</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/accounts_page.py"/>
        <source>{name} ✕</source>
        <translation>{name} ✕</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/accounts.py"/>
        <source>{name}: an earlier decision has not been carried out yet.</source>
        <translation>{name} : une décision précédente n’est pas encore exécutée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/accounts.py"/>
        <source>{name}: this cannot be done to an account in the state “{state}”.</source>
        <translation>{name} : impossible pour un compte dans l’état « {state} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relief/panel.py"/>
        <source>{name}: {height} m</source>
        <translation>{name} : {height} m</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>{number}/{count} · {title}</source>
        <translation>{number}/{count} · {title}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/elevation/relief.py"/>
        <source>{percent} % known</source>
        <translation>connu à {percent} %</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/elevation.py"/>
        <source>{percent} % of the area have no height.</source>
        <translation>{percent} % de la zone n’ont pas d’altitude.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>{problem} Trying again by itself…</source>
        <translation>{problem} Nouvel essai automatique…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>{product}: the finest detail offered.</source>
        <translation>{product} : le détail le plus fin proposé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>{product}: the widest swath, fewer images to join.</source>
        <translation>{product} : la plus large bande, moins d’images à assembler.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/checks.py"/>
        <source>{seconds} s away from the services'</source>
        <translation>{seconds} s d’écart avec celle des services</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/compare/output/dialogs.py"/>
        <source>{seconds} s in all</source>
        <translation>{seconds} s en tout</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/area_rules.py"/>
        <source>{share} % of the area is in places narrower than {limit} km.</source>
        <translation>{share} % de l’emprise fait moins de {limit} km de large.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/lists.py"/>
        <source>{shown} of {whole} shown</source>
        <translation>{shown} lignes sur {whole}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/dialog.py"/>
        <location filename="../dinamis_qgis/gui/downloads/panel.py"/>
        <source>{size} free</source>
        <translation>{size} libres</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>{size}/s</source>
        <translation>{size}/s</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <source>{span} at most</source>
        <translation>{span} au plus</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <location filename="../dinamis_qgis/gui/requests/draft/shared_view.py"/>
        <source>{start} to {end}</source>
        <translation>du {start} au {end}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>{step}…</source>
        <translation>{step}…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>{title} (in use)</source>
        <translation>{title} · en cours d’utilisation</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/exercises/panel.py"/>
        <source>{title} ({minutes} min)</source>
        <translation>{title} ({minutes} min)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layouts/dossier_pdf.py"/>
        <source>{title} · page {number} of {count}</source>
        <translation>{title} · page {number} sur {count}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/run/worker.py"/>
        <source>{title}: by the service {there}; by QGIS {here}</source>
        <translation>{title} : par le service {there} ; par QGIS {here}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <source>{value} % at most</source>
        <translation>{value} % au plus</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>{value} % of clouds: soon matters more than clear.</source>
        <translation>{value} % de nuages : la rapidité compte plus que la netteté.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>{value} % of clouds: the clearest the service promises.</source>
        <translation>{value} % de nuages : le mieux que le service promette.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/findings.py"/>
        <source>{value} ha</source>
        <translation>{value} ha</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules/findings.py"/>
        <source>{value} km²</source>
        <translation>{value} km²</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query/more_filters.py"/>
        <source>{value} m or finer</source>
        <translation>{value} m ou plus fin</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/summary.py"/>
        <source>{value}° at most</source>
        <translation>{value}° au plus</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>{value}°: a wider angle, so more passes to succeed.</source>
        <translation>{value}° : un angle plus large, donc plus de passages possibles.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>{value}°: near the vertical, so that buildings lean little.</source>
        <translation>{value}° : près de la verticale, pour des bâtiments peu inclinés.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/register.py"/>
        <source>{who} has changed this meanwhile: nothing was overwritten.</source>
        <translation>{who} l’a modifié entre-temps : rien n’a été écrasé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/fields.py"/>
        <source>° at most</source>
        <translation>° au plus</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register/owner.py"/>
        <source>“{account}”</source>
        <translation>« {account} »</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/list_import.py"/>
        <location filename="../dinamis_qgis/gui/relay/decision_dialog.py"/>
        <source>“{address}” is no e-mail address.</source>
        <translation>« {address} » n’est pas une adresse électronique.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/adhesion.py"/>
        <source>“{after}” cannot follow “{before}”.</source>
        <translation>« {after} » ne peut pas suivre « {before} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/breaker.py"/>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>“{host}” does not answer.</source>
        <translation>« {host} » ne répond pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>“{host}” does not speak a secure protocol (TLS) at this address.</source>
        <translation>« {host} » ne répond pas en protocole sécurisé (TLS) à cette adresse.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/statuses.py"/>
        <source>“{host}” has an internal problem.</source>
        <translation>« {host} » a un problème interne.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/statuses.py"/>
        <source>“{host}” is receiving too many requests.</source>
        <translation>« {host} » reçoit trop de requêtes.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/statuses.py"/>
        <source>“{host}” no longer has what was asked for.</source>
        <translation>« {host} » n’a plus ce qui est demandé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>“{host}” refuses the secure connection (TLS).</source>
        <translation>« {host} » refuse la connexion sécurisée (TLS).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>“{host}” sent a web page instead of data: your network may want you to sign in.</source>
        <translation>« {host} » a envoyé une page web au lieu de données : votre réseau demande peut-être une identification.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/net/failures.py"/>
        <source>“{host}” takes too long to answer.</source>
        <translation>« {host} » met trop de temps à répondre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/fetch/responses.py"/>
        <source>“{name}” arrives damaged: its checksum is not the one the catalogue announces.</source>
        <translation>« {name} » arrive endommagé : son empreinte n’est pas celle annoncée par le catalogue.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/fetch/whole_file.py"/>
        <source>“{name}” arrives incomplete or damaged: it is not a whole file of its kind.</source>
        <translation>« {name} » arrive incomplet ou abîmé : ce n’est pas un fichier entier de son type.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/saved.py"/>
        <source>“{name}” asks only for what you may use, and your licences are not known.</source>
        <translation>« {name} » ne porte que sur ce que vous pouvez utiliser, et vos licences ne sont pas connues.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/list_import.py"/>
        <source>“{name}” cannot be read as a list.</source>
        <translation>« {name} » ne peut pas être lu comme une liste.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/local_file.py"/>
        <source>“{name}” cannot be read as an image.</source>
        <translation>« {name} » n’est pas une image lisible.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_file.py"/>
        <source>“{name}” cannot be read: it is damaged or of another kind.</source>
        <translation>« {name} » est illisible : il est endommagé ou d’un autre type.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/xml.py"/>
        <source>“{name}” cannot be read: {why}.</source>
        <translation>« {name} » est illisible : {why}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/archive.py"/>
        <source>“{name}” cannot be unpacked here: {why}.</source>
        <translation>« {name} » ne peut pas être décompressé ici : {why}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/find.py"/>
        <source>“{name}” cannot be used: something in it is not as in other deliveries.</source>
        <translation>« {name} » est inutilisable : elle n’est pas faite comme les autres livraisons.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/opendelivery.py"/>
        <source>“{name}” does not exist.</source>
        <translation>« {name} » n’existe pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/fetch/responses.py"/>
        <source>“{name}” does not have the size the catalogue announces.</source>
        <translation>« {name} » n’a pas la taille annoncée par le catalogue.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_place.py"/>
        <source>“{name}” does not say its coordinate system.</source>
        <translation>« {name} » n’indique pas son système de coordonnées.</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/relay/write_news.py"/>
        <source>“{name}” has %n entry(ies) now.</source>
        <translation><numerusform>« {name} » a maintenant %n actualité.</numerusform><numerusform>« {name} » a maintenant %n actualités.</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/list_import.py"/>
        <source>“{name}” has no column of names.</source>
        <translation>« {name} » n’a pas de colonne des noms.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/archive.py"/>
        <source>“{name}” holds far more than a delivery does: it was not unpacked.</source>
        <translation>« {name} » contient bien plus qu’une livraison : l’archive n’a pas été décompressée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/find.py"/>
        <source>“{name}” holds images without a DIMAP description (IGN's ORTHO-SAT tiles are such).</source>
        <translation>« {name} » contient des images sans description DIMAP (c’est le cas des dalles ORTHO-SAT de l’IGN).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_file.py"/>
        <source>“{name}” holds no polygon.</source>
        <translation>« {name} » ne contient pas de polygone.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/find.py"/>
        <source>“{name}” holds no SPOT or Pléiades delivery.</source>
        <translation>« {name} » ne contient aucune livraison SPOT ou Pléiades.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/archive.py"/>
        <source>“{name}” is a 7z archive or one volume of several, which QGIS cannot unpack.</source>
        <translation>« {name} » est une archive 7z ou l’un de ses volumes : QGIS ne peut pas la décompresser.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/fetch/partial_file.py"/>
        <source>“{name}” is already being downloaded in another window.</source>
        <translation>« {name} » est déjà en cours de téléchargement dans une autre fenêtre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/archive.py"/>
        <source>“{name}” is an image, not a delivery.</source>
        <translation>« {name} » est une image, pas une livraison.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/archive.py"/>
        <source>“{name}” is damaged or incomplete.</source>
        <translation>« {name} » est endommagé ou incomplet.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_file.py"/>
        <source>“{name}” is no file of areas that can be read here.</source>
        <translation>« {name} » n’est pas un fichier d’emprises lisible ici.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/profile_line.py"/>
        <source>“{name}” is no height model.</source>
        <translation>« {name} » n’est pas un modèle d’altitude.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/local_file.py"/>
        <source>“{name}” is no longer on the disk.</source>
        <translation>« {name} » n’est plus sur le disque.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/documents.py"/>
        <source>“{name}” is no ODT document.</source>
        <translation>« {name} » n’est pas un document ODT.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/support/report.py"/>
        <source>“{name}” is no support report.</source>
        <translation>« {name} » n’est pas un rapport d’assistance.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/dim.py"/>
        <source>“{name}” is not the description of an image that can be used.</source>
        <translation>« {name} » n’est pas la description d’une image utilisable.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers/add.py"/>
        <source>“{name}” is shown without its panchromatic detail: {reason}</source>
        <translation>« {name} » s’affiche sans la finesse du panchromatique : {reason}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/area_file.py"/>
        <source>“{name}” is too large for one area.</source>
        <translation>« {name} » est trop volumineux pour une emprise.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/installation.py"/>
        <location filename="../dinamis_qgis/gui/relay/activity_page.py"/>
        <source>“{name}” is written.</source>
        <translation>« {name} » est enregistré.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/fetch/responses.py"/>
        <source>“{name}” keeps changing on the storage while it is fetched.</source>
        <translation>« {name} » change sans cesse sur le stockage pendant le téléchargement.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/rasters.py"/>
        <source>“{name}” names other files to be read with the image: it was not opened.</source>
        <translation>« {name} » désigne d’autres fichiers à lire avec l’image : elle n’a pas été ouverte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/dim_values.py"/>
        <source>“{name}” points at a file outside the delivery.</source>
        <translation>« {name} » renvoie à un fichier hors de la livraison.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/delivery/archive.py"/>
        <source>“{name}” wants to write outside its folder: it was not unpacked.</source>
        <translation>« {name} » veut écrire hors de son dossier : l’archive n’a pas été décompressée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register/export.py"/>
        <source>“{name}”: choose .gpkg, .geojson or .csv.</source>
        <translation>« {name} » : choisissez .gpkg, .geojson ou .csv.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <location filename="../dinamis_qgis/core/relay/news.py"/>
        <location filename="../dinamis_qgis/core/tasking/channels/dossier.py"/>
        <location filename="../dinamis_qgis/core/tasking/register/export.py"/>
        <source>“{path}” could not be read or written.</source>
        <translation>« {path} » n’a pas pu être lu ou écrit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/file_dialog.py"/>
        <source>“{path}” exists already. Replace it?</source>
        <translation>« {path} » existe déjà. Le remplacer ?</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/exercises/results.py"/>
        <source>“{path}” is not the result of an exercise.</source>
        <translation>« {path} » n’est pas le résultat d’un exercice.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/store.py"/>
        <source>“{place}” already holds other tables: it is no relay register.</source>
        <translation>« {place} » contient déjà d’autres tables : ce n’est pas un registre de relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/relay/register/postgis.py"/>
        <source>“{schema}” cannot be the name of a schema.</source>
        <translation>« {schema} » ne peut pas être un nom de schéma.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/fetch.py"/>
        <source>“{title}” does not give a product by its name alone.</source>
        <translation>« {title} » ne donne pas un produit par son seul nom.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/adapter_errors.py"/>
        <source>“{title}” does not have this product, or no longer.</source>
        <translation>« {title} » n’a pas ce produit, ou ne l’a plus.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/elevation/service.py"/>
        <source>“{title}” gave something else than heights.</source>
        <translation>« {title} » a répondu autre chose qu’un relief.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/availability.py"/>
        <source>“{title}” gives its files on its own site, to those who sign up there.</source>
        <translation>« {title} » donne ses fichiers sur son propre site, à qui s’y inscrit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/keys.py"/>
        <source>“{title}” gives its files to those who have a key.</source>
        <translation>« {title} » donne ses fichiers à qui possède une clé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/catalogue_keys.py"/>
        <source>“{title}” gives its files to those who have a key. Sign up on its site, create your key there, and paste it here.</source>
        <translation>« {title} » donne ses fichiers à qui possède une clé. Inscrivez-vous sur son site, créez-y votre clé, puis collez-la ici.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/availability.py"/>
        <source>“{title}” gives its files with a key: download them first.</source>
        <translation>« {title} » donne ses fichiers avec une clé : téléchargez-les d’abord.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/keys.py"/>
        <source>“{title}” gives no more files to your key for now: its quota is used up.</source>
        <translation>« {title} » ne donne plus de fichiers à votre clé pour l’instant : son quota est épuisé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>“{title}” is noted as sent. You will be reminded to ask for news.</source>
        <translation>La demande « {title} » est notée comme envoyée. Un rappel vous invitera à prendre des nouvelles.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/requests/announce.py"/>
        <source>“{title}” is sent. You will be told of its progress here.</source>
        <translation>La demande « {title} » est envoyée. Son avancement sera signalé ici.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/keys.py"/>
        <source>“{title}” refuses your key.</source>
        <translation>« {title} » refuse votre clé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/waiting_bar.py"/>
        <source>“{title}” was confirmed by {account}. It does not leave in your name.</source>
        <translation>« {title} » a été confirmée par {account}. Elle ne part pas en votre nom.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/sent/waiting_bar.py"/>
        <source>“{title}” was confirmed while nobody was signed in. It leaves once you confirm it.</source>
        <translation>« {title} » a été confirmée sans compte connecté. Elle partira quand vous l’aurez confirmée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/requests/tracker.py"/>
        <source>“{title}” was deleted.</source>
        <translation>La demande « {title} » est supprimée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>“{title}” will make QGIS talk to:</source>
        <translation>Avec « {title} », QGIS communiquera avec :</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/requests/announce.py"/>
        <source>“{title}”: no news noted for a while. Ask your relay, then note its state.</source>
        <translation>« {title} » : aucune nouvelle notée depuis un moment. Demandez à votre relais, puis notez l’état.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/requests/announce.py"/>
        <source>“{title}”: the image is there.</source>
        <translation>« {title} » : l’image est arrivée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/requests/announce.py"/>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>“{title}”: {state}.</source>
        <translation>« {title} » : {state}.</translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/core/relay/channels/dossier.py"/>
        <source>… and %n more, in the table.</source>
        <translation><numerusform>… et %n autre, dans le tableau.</numerusform><numerusform>… et %n autres, dans le tableau.</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/relay/entity_page.py"/>
        <source>… from my own template (ODT)…</source>
        <translation>… à partir de mon modèle (ODT)…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>… or PostgreSQL connection</source>
        <translation>… ou connexion PostgreSQL</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draft/passes_view.py"/>
        <source>☁ {value} % usual</source>
        <translation>☁ {value} % d’ordinaire</translation>
    </message>
</context>
</TS>
