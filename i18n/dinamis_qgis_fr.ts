<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
<context>
    <name>dinamis</name>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>0 km²</source>
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
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>A fixed day cannot be asked for.</source>
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
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>acquisition mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Add downloaded scenes to the map</source>
        <translation>Ajouter à la carte les scènes téléchargées</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/session.py"/>
        <source>API key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Area: {area}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>As soon as possible: more cloud and angle accepted.</source>
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
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <source>Ask your relay.</source>
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/core/account/keys.py"/>
        <source>Check both parts, or create a new key on the service's site.</source>
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
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Check the proxy in QGIS's network options.</source>
        <translation>Vérifiez le proxy dans les options réseau de QGIS.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Choose a folder</source>
        <translation>Choisir un dossier</translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/endpoints.py"/>
        <source>Choose another profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Civil protection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>cloud cover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Cloud cover: the service promises {limit} % at best.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Clouds decide: give a period.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Cut at the antimeridian</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>decimal separator: .</source>
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
        <location filename="../dinamis_qgis/gui/dock.py"/>
        <source>DINAMIS: search, my products, requests</source>
        <translation>DINAMIS : recherche, mes produits, demandes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Download folder</source>
        <translation>Dossier des téléchargements</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Draw it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <source>Draw it on the map, or take the selected feature.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Empty the cache</source>
        <translation>Vider le cache</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Enter them in QGIS's network options.</source>
        <translation>Saisissez-les dans les options réseau de QGIS.</translation>
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
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
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
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Forest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>Free some space or choose another folder, then try again: what was fetched is kept.</source>
        <translation>Libérez de la place ou choisissez un autre dossier, puis réessayez : ce qui est déjà reçu est conservé.</translation>
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
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Imagery cache on disk</source>
        <translation>Cache d’images sur le disque</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>In production</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>incidence angle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Incidence angle: {limit}° at most.</source>
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
        <location filename="../dinamis_qgis/core/transfer/part.py"/>
        <source>Let it finish there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Limit to {limit}°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>MB</source>
        <translation>Mo</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register.py"/>
        <source>Move this file elsewhere: a new register is begun. Your relay can help to recover the old one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/dock.py"/>
        <source>My products</source>
        <translation>Mes produits</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Natural risks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Network options</source>
        <translation>Options réseau</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <source>No area yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channel.py"/>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>No period yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/context.py"/>
        <source>No relay address is known. See the profile in the account menu.</source>
        <translation>Aucune adresse de relais n’est connue. Voyez le profil dans le menu du compte.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>No title yet.</source>
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
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Open the options</source>
        <translation>Ouvrir les options</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/options.py"/>
        <source>Parallel connections</source>
        <translation>Connexions simultanées</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/keys.py"/>
        <source>Paste both parts, as they were given to you.</source>
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
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Request without a title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/dock.py"/>
        <source>Requests</source>
        <translation>Demandes</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Reserved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Scheduled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/gui/dock.py"/>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/plugin.py"/>
        <source>Search, stream, download and request DINAMIS imagery</source>
        <translation>Rechercher, afficher, télécharger et demander des images DINAMIS</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/model.py"/>
        <source>Sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>Shorten to {days} days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Sign in again.</source>
        <translation>Reconnectez-vous.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>Sign in to open images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>Sign in to unlock it.</source>
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/bridge/tasks.py"/>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/register.py"/>
        <source>Stop editing it there, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/session.py"/>
        <location filename="../dinamis_qgis/core/catalogue/search.py"/>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Tell your relay if it lasts.</source>
        <translation>Prévenez votre relais si cela dure.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/stac.py"/>
        <source>Tell your relay: its profile or the service is at fault.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/endpoints.py"/>
        <source>Tell your relay: this is a fault of the service or of the profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <source>Tell your relay: this is a fault of the service.</source>
        <translation>Prévenez votre relais : c’est un défaut du service.</translation>
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
        <location filename="../dinamis_qgis/core/catalogue/stac.py"/>
        <source>The catalogue does not answer as a STAC catalogue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/stac_io.py"/>
        <source>The catalogue sends in circles: its list never ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/search.py"/>
        <source>The catalogue “{title}” is of a kind this version does not know.</source>
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
        <location filename="../dinamis_qgis/core/transfer/part.py"/>
        <source>The file is too large for this disk: “{path}” could not be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>The identity of “{host}” cannot be checked (certificate).</source>
        <translation>L’identité de « {host} » ne peut pas être vérifiée (certificat).</translation>
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
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>The service asks for “{name}”, which is not filled in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/keys.py"/>
        <source>The service does not accept this API key.</source>
        <translation type="unfinished"></translation>
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
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/core/account/device.py"/>
        <source>The sign-in code has expired.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/session.py"/>
        <source>The sign-in service does not accept its own answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/tokens.py"/>
        <source>The sign-in service gave an answer that cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/tokens.py"/>
        <source>The sign-in service refuses (“{error}”).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/device.py"/>
        <source>The sign-in was refused on the page.</source>
        <translation type="unfinished"></translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>The system's keyring does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>The system's keyring is locked.</source>
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/core/imagery/signing.py"/>
        <source>This address is not part of the service’s storage.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/upstream.py"/>
        <source>This image was replaced by another version on the service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/keys.py"/>
        <source>This is not an API key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/stac.py"/>
        <source>This product belongs to a catalogue that your profile does not have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/endpoints.py"/>
        <source>This profile does not say where to sign in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/profile/read.py"/>
        <source>This profile file is not valid.</source>
        <translation>Ce fichier de profil n’est pas valide.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/catalogue/search.py"/>
        <source>This profile has no catalogue to search.</source>
        <translation type="unfinished"></translation>
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
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>This satellite does not offer this mode.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>This secret is too long for the system's keyring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/stapi.py"/>
        <source>This service cannot cancel a request by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/channel.py"/>
        <source>This service takes no acquisition requests.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>This system has no usable keyring.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>this year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/schemas.py"/>
        <source>title</source>
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
        <location filename="../dinamis_qgis/bridge/messages.py"/>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
        <source>Try again in a minute.</source>
        <translation>Réessayez dans une minute.</translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/http.py"/>
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
        <source>Try again; if it lasts, send the support report to your relay.</source>
        <translation>Réessayez ; si cela dure, envoyez le rapport d’assistance à votre relais.</translation>
    </message>
    <message>
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
        <location filename="../dinamis_qgis/core/catalogue/search.py"/>
        <source>Update the plugin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Urban planning</source>
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
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Usual settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/needs.py"/>
        <source>Water, coast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/breaker.py"/>
        <source>What was already seen stays visible; the rest comes back with the network.</source>
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
        <source>Write to the relay</source>
        <translation>Écrire au relais</translation>
    </message>
    <message>
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
        <location filename="../dinamis_qgis/core/account/vault.py"/>
        <source>You will have to sign in again next time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>Your account does not hold the licence of this product: {licence}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/imagery/access.py"/>
        <source>Your entity has not accepted the DINAMIS charter yet: images can be searched, not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>{count} vertices of {most} at most.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../dinamis_qgis/core/tasking/rules.py"/>
        <source>{share} % of the area is in places narrower than {limit} km.</source>
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
        <location filename="../dinamis_qgis/core/errors.py"/>
        <source>“{path}” could not be read or written.</source>
        <translation>« {path} » n’a pas pu être lu ou écrit.</translation>
    </message>
</context>
</TS>
