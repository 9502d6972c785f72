<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>dinamis</name>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source> % at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>%n chosen</source>
        <translation><numerusform>%n choisi</numerusform><numerusform>%n choisis</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/bridge/downloads.py"/>
        <source>%n file(s) downloaded.</source>
        <translation type="unfinished"><numerusform></numerusform><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/requests/archive_view.py"/>
        <source>%n image(s) already cover(s)</source>
        <translation type="unfinished"><numerusform></numerusform><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/bridge/revival.py"/>
        <source>%n image(s) of this project are not open to your account.</source>
        <translation type="unfinished"><numerusform></numerusform><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/bridge/revival.py"/>
        <source>%n image(s) of this project cannot be reached for now.</source>
        <translation type="unfinished"><numerusform></numerusform><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/bridge/revival.py"/>
        <source>%n image(s) of this project come from another service than the one that is open.</source>
        <translation type="unfinished"><numerusform></numerusform><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/bridge/revival.py"/>
        <source>%n image(s) of this project wait for you to sign in.</source>
        <translation type="unfinished"><numerusform></numerusform><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/requests/review.py"/>
        <source>%n pass(es) of the satellite in the period, the first on</source>
        <translation type="unfinished"><numerusform></numerusform><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>%n product(s)</source>
        <translation><numerusform>%n produit</numerusform><numerusform>%n produits</numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <source>%Y-%m-%d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>&amp;Angle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>&amp;Clouds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>&amp;Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>&amp;Need</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>&amp;Period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>&amp;Satellite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>&amp;Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>&amp;Use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>0 km²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>0° looks straight down; the larger the angle, the more buildings lean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/filters.py"/>
        <source>1 year</source>
        <translation>1 an</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/filters.py"/>
        <source>10 years</source>
        <translation>10 ans</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/filters.py"/>
        <source>3 years</source>
        <translation>3 ans</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>&lt;b&gt;Emergency?&lt;/b&gt; A request takes weeks. Call on: {links}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/part.py"/>
        <source>A disk formatted as FAT32 stops at 4 GB; choose a folder on another disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>A few words by which your relay will know it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/downloads.py"/>
        <source>A file could not be downloaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>A fixed day cannot be asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>A key lets a program (script, server, GDAL) work in your name without the sign-in page. One key per program.</source>
        <translation>Une clé permet à un programme (script, serveur, GDAL) de travailler en votre nom sans la page de connexion. Une clé par programme.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/send.py"/>
        <source>A request is being sent from another QGIS window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register.py"/>
        <source>A request that was sent stays in the register.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>A wide swath and few clouds, over a season.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>A wide swath in the growing season.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Accept a little more cloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Accept only a file that your relay itself gave you.</source>
        <translation>N’acceptez qu’un fichier remis par votre relais lui-même.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Accept {limit} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Access key</source>
        <translation>Clé d’accès</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
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
        <source>Account, profile, help</source>
        <translation>Compte, service, aide</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>acquisition mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <source>Acquisition request: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Add downloaded scenes to the map</source>
        <translation>Ajouter à la carte les scènes téléchargées</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/bars.py"/>
        <source>Add the chosen products to the map (Ctrl+Enter)</source>
        <translation>Ajouter à la carte les produits choisis (Ctrl+Entrée)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/downloads.py"/>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>Add to map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/bars.py"/>
        <location filename="../dinamis_qgis/gui/search/delegate.py"/>
        <source>Add to the map</source>
        <translation>Ajouter à la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <location filename="../dinamis_qgis/gui/search/filters.py"/>
        <source>All</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/filters.py"/>
        <source>All dates</source>
        <translation>Toutes les dates</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>Already in the catalogue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/review.py"/>
        <source>Already there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>and to the sign-in server that this service names: check its address when you sign in.</source>
        <translation>et avec le serveur de connexion que ce service désigne : vérifiez son adresse au moment de vous connecter.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/filters.py"/>
        <source>Angle</source>
        <translation>Angle</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Another service…</source>
        <translation>Autre service…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/filters.py"/>
        <source>any</source>
        <translation>indifférent</translation>
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
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <source>Applicant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>Area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query_bar.py"/>
        <source>Area: what the map shows</source>
        <translation>Emprise : vue de la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Area: {area}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>As soon as possible: more cloud is accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Ask for news of requests every</source>
        <translation>Actualiser les demandes toutes les</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/profile/read.py"/>
        <source>Ask your relay for a new one.</source>
        <translation>Demandez-en un nouveau à votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channel.py"/>
        <source>Ask your relay how to send one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Ask your relay whether your account has this right.</source>
        <translation>Demandez à votre relais si votre compte a ce droit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <source>Ask your relay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Ask your relay: {contact}.</source>
        <translation>Demandez à votre relais : {contact}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>Ask your relay: {name}, {email}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>Ask your relay: {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/rows.py"/>
        <source>Ask {relay} for it.</source>
        <translation>Demandez-la à {relay}.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Asking the service for a code…</source>
        <translation>Demande d’un code au service…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/review.py"/>
        <source>Asking the service…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>Asks the service again</source>
        <translation>Interroge de nouveau le service</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Asks the service whether it has been accepted</source>
        <translation>Demande au service si elle a été acceptée</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draw_tool.py"/>
        <source>At least three corners are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>Attach {files} to the message, send it, then press “It is sent”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>Back to the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Begin today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Behind a company proxy, add its certificate authority in QGIS's authentication options.</source>
        <translation>Derrière un proxy d’entreprise, ajoutez son autorité de certification dans les options d’authentification de QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>Behind a company proxy, ask that it lets byte ranges through; else tell your relay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Being sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>Body</source>
        <translation>Entité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <location filename="../dinamis_qgis/gui/search/query_bar.py"/>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Cancel the request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Cancelled at your request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Cancelled by the service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>Cancelled.</source>
        <translation>Annulé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/review.py"/>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <source>Change it, or ask your relay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Change one of them.</source>
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Check again</source>
        <translation>Vérifier de nouveau</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Check and send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/keys.py"/>
        <source>Check both parts, or create a new key on the service's site.</source>
        <translation>Vérifiez les deux parties ou créez une nouvelle clé sur le site du service.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/geometry.py"/>
        <source>Check the coordinate system of its layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Check the coordinate system of the layer the area comes from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>Check the disk or choose another folder.</source>
        <translation>Vérifiez le disque ou choisissez un autre dossier.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Check the network connection and the proxy.</source>
        <translation>Vérifiez la connexion au réseau et le proxy.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/clip.py"/>
        <source>Check the network connection, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Check the proxy in QGIS's network options.</source>
        <translation>Vérifiez le proxy dans les options réseau de QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/review.py"/>
        <source>Check, then send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Checking the key…</source>
        <translation>Vérification de la clé…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>Checking the rules…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Choose a folder</source>
        <translation>Choisir un dossier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>Choose a key first</source>
        <translation>Choisissez d’abord une clé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/geometry.py"/>
        <source>Choose a polygon layer in the layer panel, select a feature.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/selection.py"/>
        <source>Choose a product in the list first.</source>
        <translation>Choisissez d’abord un produit dans la liste.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/window.py"/>
        <source>Choose another area, or the whole image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>Choose another folder.</source>
        <translation>Choisissez un autre dossier.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <source>Choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/profiles.py"/>
        <source>Choose another profile in the account panel.</source>
        <translation>Choisissez un autre profil dans le panneau du compte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/search.py"/>
        <source>Choose another profile in the options.</source>
        <translation>Choisissez un autre profil dans les options.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/endpoints.py"/>
        <source>Choose another profile.</source>
        <translation>Choisissez un autre profil.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/extent.py"/>
        <source>Choose one in the project's properties.</source>
        <translation>Choisissez-en un dans les propriétés du projet.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/selection.py"/>
        <source>Choose two products in the list first.</source>
        <translation>Choisissez d’abord deux produits dans la liste.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/selection.py"/>
        <source>Choose two products to compare them.</source>
        <translation>Choisissez deux produits pour les comparer.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Civil protection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draw_tool.py"/>
        <source>Click the corners of the area on the map.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/engine.py"/>
        <source>Clips cannot be made here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>Cloud cover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>cloud cover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Cloud cover at most (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Cloud cover: the service promises {limit} % at best.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/rows.py"/>
        <source>Cloud cover: {value}</source>
        <translation>Couverture nuageuse : {value}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/filters.py"/>
        <source>Clouds</source>
        <translation>Nuages</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Clouds decide: give a period.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/describe.py"/>
        <source>clouds {percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Collections, separated by commas (empty: all)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/bars.py"/>
        <source>Compare</source>
        <translation>Comparer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/bars.py"/>
        <source>Compare two products with a line to drag across the map</source>
        <translation>Comparer deux produits avec une ligne à déplacer sur la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>contact person of the body</source>
        <translation>référent de l’entité</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/widgets.py"/>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <location filename="../dinamis_qgis/gui/account/widgets.py"/>
        <location filename="../dinamis_qgis/gui/support.py"/>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Copy the code</source>
        <translation>Copier le code</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>Copy: {what}</source>
        <translation>Copier : {what}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>Create a key</source>
        <translation>Créer une clé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>Created</source>
        <translation>Créée le</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Cut at the antimeridian</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/rows.py"/>
        <source>Date unknown</source>
        <translation>Date inconnue</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>decimal separator: .</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Delivered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/plugin.py"/>
        <source>DINAMIS imagery</source>
        <translation>Images DINAMIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/context.py"/>
        <source>DINAMIS in QGIS</source>
        <translation>DINAMIS dans QGIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/support.py"/>
        <source>DINAMIS in QGIS: support report (paste it here)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/record.py"/>
        <source>DINAMIS products taken home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>DINAMIS: charter to be accepted for my account</source>
        <translation>DINAMIS : charte à accepter pour mon compte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/dock.py"/>
        <source>DINAMIS: search, my products, requests</source>
        <translation>DINAMIS : recherche, mes produits, demandes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Do not import</source>
        <translation>Ne pas importer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Download folder</source>
        <translation>Dossier des téléchargements</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/local.py"/>
        <source>Download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/bars.py"/>
        <source>Download the chosen products, whole or only what the map shows</source>
        <translation>Télécharger les produits choisis, entiers ou découpés à la vue de la carte</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/bars.py"/>
        <location filename="../dinamis_qgis/gui/search/delegate.py"/>
        <source>Download…</source>
        <translation>Télécharger…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Drafts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>Draw again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Draw an area and ask for a new acquisition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Draw it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <source>Draw it on the map, or take the selected feature.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>Draw on the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>Draw the area first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>E-mail</source>
        <translation>Courriel</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Empty the cache</source>
        <translation>Vider le cache</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Enter them in QGIS's network options.</source>
        <translation>Saisissez-les dans les options réseau de QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>Example: works on the ring road</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Extend to {days} days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Extent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Few clouds; the angle matters less.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Fill ({change})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Fill them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query_bar.py"/>
        <source>Filters</source>
        <translation>Filtres</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query_bar.py"/>
        <source>Filters ({count})</source>
        <translation>Filtres ({count})</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Finds the satellite products that cover an extent, in every catalogue of the profile, and writes their footprints with date, satellite, cloud cover (%), incidence angle (°), share of the extent covered (0 to 1), licence and files. Unknown values are NULL; a product whose cloud cover or angle is unknown is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Fine detail near the vertical, soon after the works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Fine detail over a few weeks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Fine detail, and buildings that lean little.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>First day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Forest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/queue.py"/>
        <source>Free some space on the disk of your QGIS profile, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>Free some space or choose another folder, then try again: what was fetched is kept.</source>
        <translation>Libérez de la place ou choisissez un autre dossier, puis réessayez : ce qui est déjà reçu est conservé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/filters.py"/>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>From</source>
        <translation>Du</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Get a new code</source>
        <translation>Obtenir un nouveau code</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channel.py"/>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Give the first and the last day.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Given to the satellite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Go on writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <source>Good morning,</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Help</source>
        <translation>Aide</translation>
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
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Imagery cache on disk</source>
        <translation>Cache d’images sur le disque</translation>
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
    <message>
        <location filename="../dinamis_qgis/gui/requests/findings.py"/>
        <source>In order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>In production</source>
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>Incidence angle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>incidence angle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Incidence angle at most (°)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Incidence angle: {limit}° at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/rows.py"/>
        <source>Incidence angle: {value}</source>
        <translation>Angle d’incidence : {value}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/describe.py"/>
        <source>incidence {degrees}°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Indicative cost beyond the quota: about {cost} €.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/libraries.py"/>
        <source>Install it, then restart QGIS: {command}</source>
        <translation>Installez-la, puis redémarrez QGIS : {command}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/downloads.py"/>
        <source>It goes on once that service is open and you are signed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>It is sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>It replaces the service of the same name (“{id}”).</source>
        <translation>Il remplace le service du même nom («  {id}  »).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>kB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/review.py"/>
        <source>Keep as ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>Keep it</source>
        <translation>La garder</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Keep one part per request, or wrap them all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Land cover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>Last day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/part.py"/>
        <source>Let it finish there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>Licence for {product}</source>
        <translation>Licence pour {product}</translation>
    </message>
    <message>
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
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Limit to {limit}°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>Look around</source>
        <translation>Regarder autour</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>Looking in the catalogue…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>MB</source>
        <translation>Mo</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>Mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>Move the map to your area, then search: the list shows the products that cover it, and which of them you may use.</source>
        <translation>Placez la carte sur votre territoire, puis lancez la recherche : la liste montre les produits qui le couvrent et ceux que vous pouvez utiliser.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register.py"/>
        <source>Move this file elsewhere: a new register is begun. Your relay can help to recover the old one.</source>
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Natural risks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>Need</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Network options</source>
        <translation>Options réseau</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>New request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>No area yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>No connection</source>
        <translation>Pas de connexion</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/geometry.py"/>
        <source>No feature is selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/gui/requests/archive_view.py"/>
        <source>No image of the last %n month(s) covers this area.</source>
        <translation type="unfinished"><numerusform></numerusform><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>No key yet</source>
        <translation>Aucune clé pour l’instant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channel.py"/>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>No period yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>No product here</source>
        <translation>Aucun produit ici</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>No product of the catalogue matches the search for what the map shows.</source>
        <translation>Aucun produit du catalogue ne correspond à la recherche dans la vue de la carte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/context.py"/>
        <source>No relay address is known. See the profile in the account menu.</source>
        <translation>Aucune adresse de relais n’est connue. Voyez le profil dans le menu du compte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>No request yet.

Where no image fits your need, draw an area and ask for a new acquisition.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/gateway.py"/>
        <location filename="../dinamis_qgis/bridge/layers.py"/>
        <location filename="../dinamis_qgis/gui/requests/desk.py"/>
        <source>No service is open yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>No title yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/headless.py"/>
        <source>nobody (anonymous)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>Nobody is signed in.</source>
        <translation>Personne n’est connecté.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Not signed in</source>
        <translation>Non connecté</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/listing.py"/>
        <source>Nothing has happened yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Nothing in this part of the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Number of products</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Number of products at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Often what is left of a cut: remove them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>On hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/archive_view.py"/>
        <source>One catalogue did not answer: there may be more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>One sentence helps your relay to support the request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register.py"/>
        <source>Only a draft can be changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/gateway.py"/>
        <location filename="../dinamis_qgis/bridge/layers.py"/>
        <source>Open the DINAMIS panel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/downloads.py"/>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>Open the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Open the options</source>
        <translation>Ouvrir les options</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Open the sign-in page</source>
        <translation>Ouvrir la page de connexion</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/rows.py"/>
        <source>Open to everybody: {licence}</source>
        <translation>Ouvert à tous : {licence}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Opening the service…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers.py"/>
        <source>Opening {name}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Opening…</source>
        <translation>Ouverture…</translation>
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
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Page on {host}. Or scan this code with your phone:</source>
        <translation>Page sur {host}. Ou scannez ce code avec votre téléphone :</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Parallel connections</source>
        <translation>Connexions simultanées</translation>
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
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <source>Period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Period too long: {days} days, {limit} at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Period too short: {days} days, {limit} at least.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Period: %n day(s).</source>
        <translation type="unfinished"><numerusform></numerusform><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <source>Please find here an acquisition request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/review.py"/>
        <source>Prepare the dossier…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>Preparing…</source>
        <translation>Préparation…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Products</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/record.py"/>
        <source>Products downloaded with the DINAMIS plugin for QGIS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/view.py"/>
        <source>Products found</source>
        <translation>Produits trouvés</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query_bar.py"/>
        <source>Products whose value is unknown stay in the list.</source>
        <translation>Les produits dont la valeur est inconnue restent dans la liste.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Profile (*.json)</source>
        <translation>Profil (*.json)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/headless.py"/>
        <source>Profile: {profile}. Signed in: {account}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/archive_view.py"/>
        <source>Put this image on the map: it may be enough</source>
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/gui/account/widgets.py"/>
        <source>QR code of the sign-in page</source>
        <translation>Code QR de la page de connexion</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Quota exceeded: {left} left {period}, {beyond} beyond.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Quota: {left} left {period} after this request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Ready to send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Received</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>Relay</source>
        <translation>Relais</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>relay</source>
        <translation>relais</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Relay: {relay}</source>
        <translation>Relais : {relay}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Relief, 3D</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Remove ({change})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Repair ({area} kept)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Repair it, or move the vertices.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>Request an acquisition here…</source>
        <translation>Demander une acquisition ici…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/archive_view.py"/>
        <source>Request only the rest ({area})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Request without a title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/dock.py"/>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Requests</source>
        <translation>Demandes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>rescue services</source>
        <translation>secours</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Reserved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>Review…</source>
        <translation type="unfinished"></translation>
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
        <translation>Révoquer «  {what}  » ? Les programmes qui utilisent cette clé n’auront plus accès.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>Roles</source>
        <translation>Rôles</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>Rules of the service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>Satellite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>Satellite images of your area</source>
        <translation>Les images satellite de votre territoire</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>Say first what the key is for</source>
        <translation>Indiquez d’abord l’usage de la clé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Scheduled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/dock.py"/>
        <location filename="../dinamis_qgis/gui/search/query_bar.py"/>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>Search all dates</source>
        <translation>Chercher à toutes les dates</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>Search products</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>Search running</source>
        <translation>Recherche en cours</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query_bar.py"/>
        <source>Search the products that cover the map (Enter)</source>
        <translation>Chercher les produits qui couvrent la carte (Entrée)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>Search without the filters</source>
        <translation>Chercher sans les filtres</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/plugin.py"/>
        <source>Search, stream, download and request DINAMIS imagery</source>
        <translation>Rechercher, afficher, télécharger et demander des images DINAMIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>Searching…</source>
        <translation>Recherche…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Secret key</source>
        <translation>Clé secrète</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>See</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/geometry.py"/>
        <source>Select another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/geometry.py"/>
        <source>Select one in the layer “{name}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>Selected feature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/review.py"/>
        <source>Send the request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Sending…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Sent</source>
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>Services</source>
        <translation>Services</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>Share of the image that clouds may hide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/rows.py"/>
        <source>Share of the searched area: {value}</source>
        <translation>Part de l’emprise couverte : {value}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Shorten to {days} days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>show all</source>
        <translation>tout afficher</translation>
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
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Sign in again.</source>
        <translation>Reconnectez-vous.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Sign in on the service’s page with the account your relay made for you, and check that it shows this code:</source>
        <translation>Sur la page du service, connectez-vous avec le compte créé par votre relais et vérifiez qu’elle affiche ce code :</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/rows.py"/>
        <source>Sign in to know whether you may use it.</source>
        <translation>Connectez-vous pour savoir si vous pouvez l’utiliser.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>Sign in to open images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>Sign in to unlock it.</source>
        <translation>Connectez-vous pour le déverrouiller.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/send.py"/>
        <source>Sign in with it: what became of the request will be checked.</source>
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/gui/requests/desk.py"/>
        <source>Sign in, then send it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Sign out</source>
        <translation>Se déconnecter</translation>
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
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Signed in</source>
        <translation>Connecté</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Signed in, with something missing</source>
        <translation>Connecté, mais il manque quelque chose</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Signing in…</source>
        <translation>Connexion en cours…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Simplify ({change})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Simplify the outline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/filters.py"/>
        <source>Since {date}</source>
        <translation>Depuis {date}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <source>Single image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/tasks.py"/>
        <location filename="../dinamis_qgis/core/transfer/engine.py"/>
        <source>Something unexpected went wrong in the DINAMIS plugin.</source>
        <translation>Un problème inattendu s’est produit dans l’extension DINAMIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Split it into several requests.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/device.py"/>
        <source>Start again to get a new code.</source>
        <translation>Recommencez pour obtenir un nouveau code.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>Starting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <source>Stereo (two views)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register.py"/>
        <source>Stop editing it there, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/support.py"/>
        <source>Support report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>Support report…</source>
        <translation>Rapport d’assistance…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>Take the selected polygons of the active layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/clip.py"/>
        <source>Take the whole image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/search.py"/>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Tell your relay if it lasts.</source>
        <translation>Prévenez votre relais si cela dure.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/stac.py"/>
        <source>Tell your relay: its profile or the service is at fault.</source>
        <translation>Prévenez votre relais : son profil ou le service est en défaut.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/endpoints.py"/>
        <source>Tell your relay: this is a fault of the service or of the profile.</source>
        <translation>Signalez-le à votre relais : c’est une erreur du service ou du profil.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <source>Tell your relay: this is a fault of the service.</source>
        <translation>Prévenez votre relais : c’est un défaut du service.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/geometry.py"/>
        <source>The active layer holds no polygons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The address “{host}” is not found.</source>
        <translation>L’adresse « {host} » est introuvable.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The answer of the service is too large.</source>
        <translation>La réponse du service est trop volumineuse.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/search.py"/>
        <source>The answer of “{title}” could not be understood.</source>
        <translation>La réponse de «  {title}  » n’a pas pu être comprise.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/clip.py"/>
        <source>The area cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/window.py"/>
        <source>The area does not touch this image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>The area goes beyond the antimeridian (180°).</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>The area has %n hole(s); the service takes none.</source>
        <translation type="unfinished"><numerusform></numerusform><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>The area has %n part(s); the service takes one.</source>
        <translation type="unfinished"><numerusform></numerusform><numerusform></numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>The area has %n tiny part(s).</source>
        <translation type="unfinished"><numerusform></numerusform><numerusform></numerusform></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>The catalogue cannot be asked now: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/stac.py"/>
        <source>The catalogue does not answer as a STAC catalogue.</source>
        <translation>Le catalogue ne répond pas comme un catalogue STAC.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/stac_io.py"/>
        <source>The catalogue sends in circles: its list never ends.</source>
        <translation>Le catalogue tourne en rond : sa liste ne finit pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/search.py"/>
        <source>The catalogue “{title}” is of a kind this version does not know.</source>
        <translation>Le catalogue «  {title}  » est d’un type que cette version ne connaît pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>The charter is not accepted yet.</source>
        <translation>La charte n’est pas encore acceptée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/clip.py"/>
        <source>the clipped image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>The connection was cut.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The connection with “{host}” was cut.</source>
        <translation>La connexion avec « {host} » a été coupée.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>The coordinates are not longitudes and latitudes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>The disk is full: “{path}” could not be written.</source>
        <translation>Le disque est plein : « {path} » n’a pas pu être écrit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>The draft is kept as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>The file has changed since it was shown.</source>
        <translation>Le fichier a changé depuis qu’il a été montré.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/part.py"/>
        <source>The file is too large for this disk: “{path}” could not be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/support.py"/>
        <source>The help pages are not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The identity of “{host}” cannot be checked (certificate).</source>
        <translation>L’identité de « {host} » ne peut pas être vérifiée (certificat).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/clip.py"/>
        <source>The image cannot be read at its source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/remote.py"/>
        <source>The image cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>The imagery cache is empty.</source>
        <translation>Le cache d’images est vide.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>The key is created. Copy its secret now: it is shown this once and kept nowhere.</source>
        <translation>La clé est créée. Copiez son secret maintenant : il n’est montré qu’une fois et n’est gardé nulle part.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>The layer is reloaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>The line is too slow for this image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/running.py"/>
        <source>The list is incomplete: the catalogue stopped answering.</source>
        <translation>La liste est incomplète : le catalogue a cessé de répondre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/queue.py"/>
        <source>The list of downloads could not be written (“{path}”).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/extent.py"/>
        <source>The map has no coordinate reference system, so its place on Earth is unknown.</source>
        <translation>La carte n’a pas de système de coordonnées : on ne sait pas où elle se trouve.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/extent.py"/>
        <source>The map shows a place that is not on Earth in this projection.</source>
        <translation>Dans cette projection, la carte montre un endroit qui n’est pas sur Terre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/extent.py"/>
        <source>The map shows no place yet.</source>
        <translation>La carte ne montre encore aucun lieu.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>The nearer to the vertical, the fewer leaning buildings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>The outline crosses itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>The outline is not valid.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>The outline is sound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>The period begins in the past.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>The period ends before it begins.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/stac_io.py"/>
        <source>The products already received are shown. Tell your relay if it lasts.</source>
        <translation>Les produits déjà reçus sont affichés. Prévenez votre relais si cela dure.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/query_bar.py"/>
        <source>The products searched for are those that touch what the map shows.</source>
        <translation>Les produits cherchés sont ceux qui touchent la vue de la carte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/profiles.py"/>
        <source>The profile “{name}” is not there.</source>
        <translation>Le profil « {name} » est introuvable.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The proxy asks for a user name and a password.</source>
        <translation>Le proxy demande un nom d’utilisateur et un mot de passe.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The proxy refuses or does not answer.</source>
        <translation>Le proxy refuse ou ne répond pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/libraries.py"/>
        <source>The Python library “{name}” is missing from this QGIS.</source>
        <translation>La bibliothèque Python « {name} » manque dans ce QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register.py"/>
        <source>The register of requests is in use by another program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register.py"/>
        <source>The register of requests “{path}” cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/desk.py"/>
        <source>The request is kept: send it when the network is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>The search did not succeed</source>
        <translation>La recherche n’a pas abouti</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/geometry.py"/>
        <source>The selected feature has no area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>The service asks for “{name}”, which is not filled in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/review.py"/>
        <source>The service cannot be asked now: {reason} The request is kept and can be sent later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/send.py"/>
        <source>The service did not take the request.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/keys.py"/>
        <source>The service does not accept this API key.</source>
        <translation>Le service n’accepte pas cette clé d’API.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The service does not accept this request (error {status}).</source>
        <translation>Le service n’accepte pas cette requête (erreur {status}).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>The service does not look at: {field}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/endpoints.py"/>
        <source>The service does not say clearly where to sign in.</source>
        <translation>Le service n’indique pas clairement où se connecter.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/rows.py"/>
        <source>The service does not say which licence it needs: it decides when you open the product.</source>
        <translation>Le service ne dit pas quelle licence il faut : il décide à l’ouverture du produit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>The service does not say which licences this account holds.</source>
        <translation>Le service n’indique pas les licences de ce compte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>The service does not take this value of {field}: {value}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/stac.py"/>
        <location filename="../dinamis_qgis/core/catalogue/stac_io.py"/>
        <location filename="../dinamis_qgis/core/http.py"/>
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <source>The service gave an answer that cannot be read.</source>
        <translation>Le service a donné une réponse illisible.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>The service is being opened.</source>
        <translation>Le service est en cours d’ouverture.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The service may be stopped; try again later.</source>
        <translation>Le service est peut-être arrêté ; réessayez plus tard.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>The service may count or refuse them: widen them or make the outline simpler.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <source>The service no longer offers “{product}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The service refuses access.</source>
        <translation>Le service refuse l’accès.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/signing.py"/>
        <source>The service refuses this image to your account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>The service says where the catalogues, the sign-in and the requests are. Your relay may give you a file for its own.</source>
        <translation>Le service indique où sont les catalogues, la connexion et les demandes. Votre relais peut vous remettre un fichier pour le sien.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The service sends elsewhere what is meant for it alone.</source>
        <translation>Le service renvoie ailleurs ce qui n’est destiné qu’à lui.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The service sends in circles (too many redirects).</source>
        <translation>Le service tourne en rond (trop de redirections).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The service sends to an address that is not its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The service sends to an address that is not protected (http).</source>
        <translation>Le service renvoie vers une adresse non protégée (http).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <source>The service sends to another address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>The service will tell you the cost, or how to share it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>The settings that suit it are proposed; change them as you like.</source>
        <translation type="unfinished"></translation>
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
        <translation>Le service de connexion refuse («  {error}  »).</translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>The storage does not answer as it should.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/answers.py"/>
        <source>The storage gave an answer that cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>The storage refuses this image to your account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/answers.py"/>
        <source>The storage stopped sending.</source>
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>The use is not told.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>These choices cannot go together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/revival.py"/>
        <source>They come back by themselves with the service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/signing.py"/>
        <source>This address is not part of the service’s storage.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/geometry.py"/>
        <source>This area cannot be placed on Earth.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>This computer has no safe place for your sign-in: it will be asked again at the next start of QGIS.</source>
        <translation>Cet ordinateur n’a pas d’endroit sûr pour garder votre connexion : elle vous sera redemandée au prochain démarrage de QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/record.py"/>
        <source>This download cannot be read any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers.py"/>
        <source>This image cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/clip.py"/>
        <source>This image has no map grid to clip by.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>This image was replaced by another version on the service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/support.py"/>
        <source>This is all the report says. It holds no password, no key and no name. Copy it into a message to your relay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/keys.py"/>
        <source>This is not an API key.</source>
        <translation>Ceci n’est pas une clé d’API.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/stac.py"/>
        <source>This product belongs to a catalogue that your profile does not have.</source>
        <translation>Ce produit vient d’un catalogue que votre profil n’a pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/downloads.py"/>
        <source>This product belongs to another service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers.py"/>
        <source>This product has no file “{key}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers.py"/>
        <source>This product has no image file to show.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/endpoints.py"/>
        <source>This profile does not say where to sign in.</source>
        <translation>Ce profil n’indique pas où se connecter.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/profile/read.py"/>
        <source>This profile file is not valid.</source>
        <translation>Ce fichier de profil n’est pas valide.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/search.py"/>
        <source>This profile has no catalogue to search.</source>
        <translation>Ce profil n’a aucun catalogue à interroger.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/profile/read.py"/>
        <source>This profile has the name of a built-in one (“{id}”).</source>
        <translation>Ce profil porte le nom d’un profil intégré (« {id} »).</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>this quarter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register.py"/>
        <source>This request has already been sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register.py"/>
        <source>This request is no longer in the register.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/send.py"/>
        <source>This request was being sent by the account “{account}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>This satellite does not offer this mode.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>This secret is too long for the system's keyring.</source>
        <translation>Ce secret est trop long pour le trousseau du système.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <source>This service cannot cancel a request by itself.</source>
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/core/tasking/channel.py"/>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <location filename="../dinamis_qgis/gui/requests/review.py"/>
        <source>This service takes no acquisition requests.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>This system has no usable keyring.</source>
        <translation>Ce système n’a pas de trousseau utilisable.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>this year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Time left to sign in</source>
        <translation>Temps restant pour se connecter</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/filters.py"/>
        <location filename="../dinamis_qgis/processing/searchproducts.py"/>
        <source>To</source>
        <translation>au</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/findings.py"/>
        <source>To be corrected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Too large: {area}, {limit} at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Too many vertices: {count}, {most} at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Too narrow: {width} km, {limit} km at least (smallest rectangle around it).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Too small: {area}, {limit} at least.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>trainer</source>
        <translation>formateur</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Training service: this page opens on this computer only. On the real service, a phone may scan the code.</source>
        <translation>Service d’entraînement : cette page ne s’ouvre que sur cet ordinateur. Avec le vrai service, un téléphone peut scanner ce code.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <source>Tri-stereo (three views)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>tries again by itself in {count} s</source>
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/gui/search/panel.py"/>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Try again in a minute.</source>
        <translation>Réessayez dans une minute.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/proof.py"/>
        <location filename="../dinamis_qgis/core/http.py"/>
        <location filename="../dinamis_qgis/core/transfer/answers.py"/>
        <source>Try again later.</source>
        <translation>Réessayez plus tard.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/answers.py"/>
        <source>Try again later: what was fetched is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/answers.py"/>
        <source>Try again later; if it lasts, tell your relay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>Try again.</source>
        <translation>Réessayez.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/tasks.py"/>
        <location filename="../dinamis_qgis/core/transfer/engine.py"/>
        <source>Try again; if it lasts, send the support report to your relay.</source>
        <translation>Réessayez ; si cela dure, envoyez le rapport d’assistance à votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/layers.py"/>
        <location filename="../dinamis_qgis/core/account/tokens.py"/>
        <location filename="../dinamis_qgis/core/catalogue/stac_io.py"/>
        <location filename="../dinamis_qgis/core/http.py"/>
        <location filename="../dinamis_qgis/core/imagery/signing.py"/>
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <location filename="../dinamis_qgis/core/transfer/answers.py"/>
        <source>Try again; if it lasts, tell your relay.</source>
        <translation>Réessayez ; si cela dure, prévenez votre relais.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Two views of the same place: stereo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Under way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/desk.py"/>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>until QGIS closes: there is no safe place for it</source>
        <translation>jusqu’à la fermeture de QGIS : aucun endroit sûr pour la garder</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/filters.py"/>
        <source>Until {date}</source>
        <translation>Jusqu’à {date}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>Update</source>
        <translation>Actualiser</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/search.py"/>
        <source>Update the plugin.</source>
        <translation>Mettez l’extension à jour.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Urban planning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>Use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Use the standard mode</source>
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/gui/account/details.py"/>
        <source>User name</source>
        <translation>Identifiant</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Usual settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>via {relay} (relay)</source>
        <translation>via {relay} (relais)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/archive_view.py"/>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/send.py"/>
        <source>Wait for it to end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>Waiting for you on the page. Code valid for {minutes} min {seconds:02d} s.</source>
        <translation>En attente de votre réponse sur la page. Code valable encore {minutes} min {seconds:02d} s.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/findings.py"/>
        <source>Warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Water, coast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>What for</source>
        <translation>Usage</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>What must be seen, and what for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/keys.py"/>
        <source>What the key is for</source>
        <translation>Usage de la clé</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/breaker.py"/>
        <source>What was already seen stays visible; the rest comes back with the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>Where to put the dossier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>Which requests to show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Widen the area.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Widen the area; what is around it may serve neighbours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Width: {width} km.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Works follow-up, PCRS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Wrap them all ({change})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <location filename="../dinamis_qgis/gui/support.py"/>
        <source>Write to the relay</source>
        <translation>Écrire au relais</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/proof.py"/>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>You are no longer signed in.</source>
        <translation>Vous n’êtes plus connecté.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>You are not allowed to write “{path}”.</source>
        <translation>Vous n’avez pas le droit d’écrire « {path} ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>You are not signed in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/list_page.py"/>
        <source>You are not signed in: prepare your request, sign in to send it and to follow it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/desk.py"/>
        <source>You are not signed in: the request stays ready to be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/review.py"/>
        <source>You are not signed in: the request will be kept as “ready to send”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>You are signed out on this computer. The service could not be told: it will end the sign-in by itself.</source>
        <translation>Vous êtes déconnecté de cet ordinateur. Le service n’a pas pu être prévenu : il mettra fin de lui-même à la connexion.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/strip.py"/>
        <source>You can search and see which images exist. To open or download them, your body must first accept the DINAMIS charter.</source>
        <translation>Vous pouvez rechercher et voir quelles images existent. Pour les ouvrir ou les télécharger, votre entité doit d’abord accepter la charte DINAMIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>You will have to sign in again next time.</source>
        <translation>Il faudra vous reconnecter la prochaine fois.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/selection.py"/>
        <source>Your account does not hold the licence of one of them.</source>
        <translation>Votre compte n’a pas la licence de l’un d’eux.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/archive_view.py"/>
        <source>Your account does not hold the licence of this product: ask your relay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>Your account does not hold the licence of this product: {licence}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/selection.py"/>
        <source>Your account does not hold the licence of what is chosen.</source>
        <translation>Votre compte n’a pas la licence de ce qui est choisi.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/rows.py"/>
        <source>Your account does not hold the licence “{licence}”.</source>
        <translation>Votre compte n’a pas la licence «  {licence}  ».</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/rows.py"/>
        <source>Your account holds this licence: {licence}</source>
        <translation>Votre compte a cette licence : {licence}</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/review.py"/>
        <source>Your entity has not accepted the DINAMIS charter yet: ask your relay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>Your entity has not accepted the DINAMIS charter yet: images can be searched, not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/proof.py"/>
        <source>Your sign-in has expired.</source>
        <translation>Votre connexion a expiré.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/extent.py"/>
        <source>Zoom to your area or add a background map, then search again.</source>
        <translation>Zoomez sur votre territoire ou ajoutez un fond de carte, puis relancez la recherche.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/extent.py"/>
        <source>Zoom to your area or choose another projection.</source>
        <translation>Zoomez sur votre territoire ou choisissez une autre projection.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/running.py"/>
        <source>{answered} catalogues out of {count} have answered.</source>
        <translation>{answered} catalogues sur {count} ont répondu.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/draw_tool.py"/>
        <source>{area} · right click or Enter ends, Backspace takes back, Esc gives up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/form.py"/>
        <source>{area} · {count} vertices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>{count} h left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>{count} min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>{count} s left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>{count} vertices of {most} at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/search/rows.py"/>
        <source>{date} (legal French time)</source>
        <translation>{date} (heure légale française)</translation>
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
        <location filename="../dinamis_qgis/bridge/describe.py"/>
        <source>{metres} m per pixel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/sign_in.py"/>
        <source>{problem} Trying again by itself…</source>
        <translation>{problem} Nouvel essai automatique…</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/archive_view.py"/>
        <source>{share} % of the area ({licensed} % under your licences), over {months} months.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>{share} % of the area is in places narrower than {limit} km.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/downloads/words.py"/>
        <source>{size}/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <source>{start} to {end}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>{title} (in use)</source>
        <translation>{title} (en cours)</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <source>{value} % at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>{value} ha</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>{value} km²</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <source>{value}° at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/fields.py"/>
        <source>° at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <location filename="../dinamis_qgis/core/imagery/breaker.py"/>
        <source>“{host}” does not answer.</source>
        <translation>« {host} » ne répond pas.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>“{host}” has an internal problem.</source>
        <translation>« {host} » a un problème interne.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>“{host}” is receiving too many requests.</source>
        <translation>« {host} » reçoit trop de requêtes.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>“{host}” no longer has what was asked for.</source>
        <translation>« {host} » n’a plus ce qui est demandé.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>“{host}” takes too long to answer.</source>
        <translation>« {host} » met trop de temps à répondre.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/answers.py"/>
        <source>“{name}” arrives damaged: its checksum is not the one the catalogue announces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/local.py"/>
        <source>“{name}” cannot be read as an image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/answers.py"/>
        <source>“{name}” does not have the size the catalogue announces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/part.py"/>
        <source>“{name}” is already being downloaded in another window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/local.py"/>
        <source>“{name}” is no longer on the disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/transfer/answers.py"/>
        <source>“{name}” keeps changing on the storage while it is fetched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <location filename="../dinamis_qgis/core/tasking/dossier.py"/>
        <source>“{path}” could not be read or written.</source>
        <translation>« {path} » n’a pas pu être lu ou écrit.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>“{title}” is sent. You will be told of its progress here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/desk.py"/>
        <source>“{title}” was deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/account/profiles.py"/>
        <source>“{title}” will make QGIS talk to:</source>
        <translation>«  {title}  » fera communiquer QGIS avec :</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>“{title}”: the image is there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/requests/panel.py"/>
        <source>“{title}”: {state}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
